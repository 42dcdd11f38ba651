"""What readers ask about figures."""

from django.contrib import admin

from case_studies import questioning
from case_studies.models import Claim, Profile, Question
from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.publishing_admin.sent_in import AnswerForm, SentInAdmin

admin_page.register(
    Place("Questions", "admin:case_studies_question_changelist", "case_studies.view_question")
)


class QuestionAnswerForm(AnswerForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_public"].initial = True
        self.fields["is_public"].label = "Show the reader’s words and your answer with the figure"


@admin.register(Question)
class QuestionAdmin(SentInAdmin):
    noun = "question"
    name = "Questions"
    answer_form = QuestionAnswerForm
    answer = staticmethod(questioning.answer)
    hide = staticmethod(questioning.hide)
    show = staticmethod(questioning.show)

    def named(self, rows):
        """The body and the figure, as the reader saw them."""
        documents = {row.document_id for row in rows}
        editions = Profile.objects.filter(document__in=documents).order_by("number")
        titles = dict(editions.values_list("document", "title"))
        claims = Claim.objects.filter(profile__document__in=documents).order_by("profile__number")
        labels = {
            (document, key): label
            for document, key, label in claims.values_list("profile__document", "key", "label")
        }
        return {
            row.pk: f"{titles[row.document_id]}: {labels.get((row.document_id, row.claim_key), row.claim_key)}"
            for row in rows
        }

    def shown(self, row, *, at):
        is_shown = Question.objects.answered().filter(pk=row.pk).exists()
        return "Readers see it with the figure." if is_shown else ""
