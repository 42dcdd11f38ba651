"""A group at its browser, for tests of the journey: good answers to every question, and a client that gives them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage
from signposting import drafting
from signposting.journey_steps import STEPS
from signposting.models import ContactChoice, EnquiryDraft
from tests.factories import make_adviser, make_duty_desk, make_organisation, make_rule_set

GOOD = {
    "who": {"enquirer_kind": EnquirerKind.STAFF},
    "where": {"nation": Nation.SCOTLAND, "place": "Inverness"},
    "employer": {"employer_type": EmployerType.NHS, "employer_name": "A health board"},
    "sector": {"sector": Sector.ADULT_SOCIAL_CARE},
    "staff": {"staff_count": "about 40"},
    "stage": {"stage": Stage.EARLY_THINKING},
    "topics": {},
    "ownership": {"ownership_idea": OwnershipIdea.EMPLOYEES_ONLY},
    "question": {"question": "Can home-care staff run the service themselves?"},
    "files": {},
    "exclusions": {},
    "contact": {"contact_choice": ContactChoice.NO_EMAIL},
    "consent": {"may_share": "yes"},
}


def address(step):
    return reverse("signposting:enquiry-step", args=[step])


def a_body_that_answers(**kwargs):
    """A partner body that gets every enquiry, and the duty desk behind it."""
    body = make_organisation(**kwargs)
    make_adviser(body)
    make_duty_desk()
    make_rule_set({"body": body, "reason": "It helps groups in Scotland."})
    return body


def a_file(name="plan.txt", content=b"Our plan"):
    return SimpleUploadedFile(name, content)


class Browser(Client):
    """One group at one browser. What a form refuses is shown on a page of its own, to which it follows."""

    def request(self, **request):
        response = super().request(**request)
        if response.status_code == 302 and response.url.endswith("refused"):
            return self.get(response.url)
        return response

    def start(self):
        return self.post(reverse("signposting:enquiry-start"))

    def answer(self, step, **changes):
        return self.post(address(step), GOOD[step] | changes)

    def answer_all(self, *, until=None, **changes):
        """From the start up to and without ``until``; ``changes`` are answers by step.

        The answers go straight through their forms into the draft: a dozen pages would take a second of each test.
        """
        self.start()
        for step in STEPS:
            if step.slug == until:
                break
            given = MultiValueDict()
            for name, value in (GOOD[step.slug] | changes.get(step.slug, {})).items():
                given.setlist(name, value if isinstance(value, list) else [value])
            question = step.question(given, MultiValueDict())
            assert question.is_valid(), question.errors
            drafting.save(self.draft.pk, step=step.slug, answer=question.answer, at=timezone.now())
        return self.draft

    def send(self):
        return self.post(reverse("signposting:enquiry-check"))

    @property
    def draft(self):
        return EnquiryDraft.objects.get()
