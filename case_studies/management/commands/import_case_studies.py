"""Takes in case studies that another portal, or this one on an earlier day, gave away as JSON."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from case_studies import content_loading, exchange
from guides import content_loading as guides_content


class Command(BaseCommand):
    help = "Import case studies from the file that /case-studies/data.json gives. They become drafts."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="USERNAME", help="whose drafts they will be")
        parser.add_argument(
            "--publish-loaded",
            action="store_true",
            help="publish those that say exactly what the content that came with the service says",
        )

    def handle(self, *args, file, by, publish_loaded, **options):
        author = User.objects.filter(username=by, is_active=True).first() if by else None
        if by and author is None:
            raise CommandError(f"There is no active account “{by}”.")
        shipped = []
        if publish_loaded:
            shipped = content_loading.read_profiles(
                look_outs=guides_content.read_look_outs(), sources=guides_content.read_sources()
            )
        try:
            text = file.read_text(encoding="utf-8")
            done = exchange.take_in(text, shipped=shipped, by=author, at=timezone.now())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from None
        except exchange.CannotImport as error:
            raise CommandError(f"{error} Nothing was imported.") from None
        self.stdout.write(str(done))
