"""Brings groups, bodies, all texts and the first routing rules into the database. Safe to repeat."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from case_studies import content_loading as case_studies_content
from guides import content_loading as guides_content
from guides import pdf, tools_loading
from guides.models import LookOut, Source
from mutuals_portal import content_files, publishing
from mutuals_portal.search import content_loading as search_content
from mutuals_portal.search import index
from signposting import access, directory_loading
from signposting import content_loading as signposting_content
from signposting.models import Organisation


class Command(BaseCommand):
    help = "Load the content that comes with the service. What an editor has changed since is kept."

    def handle(self, *args, **options):
        # Every file is read and checked before anything is written.
        try:
            look_outs = guides_content.read_look_outs()
            sources = guides_content.read_sources()
            texts = guides_content.read_texts(look_outs=look_outs, sources=sources)
            profiles = case_studies_content.read_profiles(look_outs=look_outs, sources=sources)
            tools = tools_loading.read_tools(
                look_outs={entry.values["slug"] for entry in look_outs},
                sources={entry.values["key"] for entry in sources},
                names={text.name for text in texts},
                case_studies={profile.slug for profile in profiles},
            )
            organisations = signposting_content.read_organisations()
            rules = signposting_content.read_rules(organisations)
            entries = directory_loading.read_entries(
                look_outs={entry.values["slug"] for entry in look_outs},
                sources={entry.values["key"] for entry in sources},
                names={text.name for text in texts} | {f"look-out:{e.values['slug']}" for e in look_outs},
            )
            synonyms = search_content.read_synonyms()
        except content_files.ContentError as error:
            raise CommandError(f"{error} Nothing was loaded.") from None
        now = timezone.now()
        with transaction.atomic(), publishing.told_afterwards(index.bring_up_to_date):
            self._wait_for_others()
            access.sync_groups()
            outcomes = {
                "look-outs": content_files.write(LookOut, look_outs),
                "sources": content_files.write(Source, sources, key="key"),
                "guides, bulletins, look-outs and terms": guides_content.write_texts(texts, at=now),
                "tools": tools_loading.write_tools(tools, at=now),
                "case studies": case_studies_content.write_profiles(profiles, at=now),
                "organisations": content_files.write(Organisation, organisations),
                "directory": directory_loading.write_entries(entries, at=now),
                "routing rules": signposting_content.write_first_rules(rules, at=now),
                "synonyms": search_content.write_synonyms(synonyms),
            }
            pdf.ask_for()
        for kind, outcome in outcomes.items():
            self.stdout.write(f"{kind}: {outcome}")

    def _wait_for_others(self):
        """Several servers that start at once load one after the other."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_content'))")
