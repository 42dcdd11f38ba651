"""Case studies, where editors and reviewers work on their profiles."""

from django.contrib import admin
from django.utils import timezone

from case_studies import profiles
from case_studies.admin.place_form import NewCaseStudyForm, PlaceForm
from case_studies.admin.profile_form import ProfileForm
from case_studies.models import CaseStudy, Profile
from case_studies.views import profiles as pages
from guides.library import shelf
from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.publishing_admin import PublishingAdmin

admin_page.register(
    Place("Case studies", "admin:case_studies_casestudy_changelist", "case_studies.view_profile")
)


@admin.register(CaseStudy)
class CaseStudyAdmin(PublishingAdmin):
    name = "Case studies"
    edition_form = ProfileForm
    add_form = NewCaseStudyForm
    settings_form = PlaceForm
    settings_title = "Announcement and owner"
    order = ("slug",)
    help_template = "admin/case_studies/writing.html"

    def preview(self, request, edition):
        now = timezone.now()
        whole = profiles.with_parts(Profile.objects.filter(pk=edition.pk)).get()
        return pages.text(request, profiles.read(whole, library=shelf(at=now), at=now, now=now), now=now)

    def place_of(self, document):
        return "Case study"

    def facts_of(self, document):
        return [("Announced before it is published", "Yes" if document.is_announced else "No")]

    def linking_to(self, document):
        return Profile.objects.none()  # no text can name a case study
