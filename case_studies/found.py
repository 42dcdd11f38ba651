"""How case studies are found."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from case_studies import wording
from case_studies.models import CaseStudy, Profile
from mutuals_portal import markup
from mutuals_portal.search.found import Found, Kind, Searchable, register
from mutuals_portal.vocabulary import FOUR_NATIONS, Nation


def _profiles(documents: Iterable[CaseStudy]) -> Iterator[Found]:
    """Figures are left out: their words say what they are, and their values change."""
    shown = Profile.objects.filter(document__in=list(documents), shown_from__isnull=False, withdrawn_at=None)
    for profile in shown.exclude(shown_until__lte=timezone.now()).select_related("document"):
        texts = [markup.words_of(wording.PLACE.sub("", getattr(profile, name))) for name in Profile.TEXTS]
        labels = [claim.get("label", "") for claim in profile.written_claims]
        yield Found(
            key=profile.document.name,
            kind=Kind.CASE_STUDY,
            address=profile.document.get_absolute_url(),
            title=profile.title,
            summary=wording.PLACE.sub("", profile.summary),
            text="\n".join([profile.place, profile.parent_body, *texts, *labels]),
            nations=FOUR_NATIONS if profile.nation == Nation.UK_WIDE else (profile.nation,),
            stages=tuple(profile.stages),
            shown_from=profile.shown_from,  # type: ignore[arg-type]  # the filter above
            shown_until=profile.shown_until,
        )


register(
    CaseStudy, Searchable(lambda case_study: [case_study], lambda case_study: case_study.name, _profiles)
)
