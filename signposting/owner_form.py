"""Every field of an entry, for the body that it is about. Sources and publishing stay with us."""

from typing import Any

from django import forms

from mutuals_portal.govuk_layout import Field, Fieldset, FormPage
from mutuals_portal.plain_text import PlainText
from mutuals_portal.publishing_admin import Rows, RowsOf
from mutuals_portal.publishing_admin.edition_form import OTHER_WORDS
from signposting.admin.entry_form import EntryForm, OfferRow

OFFERS = "written_offers"


class OwnOffer(OfferRow):
    """The source of an offer goes along unseen. A new one has none before an editor has found one."""

    noun, plural = "kind of help", "kinds of help"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["source"].widget = forms.HiddenInput()
        self.fields["cost"].help_text = ""

    def clean_source(self) -> str:
        key = self.cleaned_data["source"]
        return key if key in self.sources else ""


class ChangesForm(EntryForm):
    """``edition`` is the number of the edition that its reader had before them."""

    written_offers = Rows(
        OwnOffer,
        label="What help people get from you",
        most=12,
        help_text="One card for each kind of help. Open a card to change or delete it.",
    )
    note = PlainText(
        label="Is there anything else that we should know?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example, where we can check it. Readers do not see this.",
        error_messages={"max_length": "What else we should know must be 2,000 characters or fewer"},
    )
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, answers: Any = None, *, edition: Any):
        super().__init__(answers, edition=edition)
        self.fields[
            "body"
        ].help_text = "Signs such as [^cwmpas-site] name our sources. Leave those alone whose words you keep."
        self.helper = FormPage(*self.layout(), button="Send these changes", error_summary=False)
        self.helper.disable_csrf = True  # the link is the secret that such a token would be

    def not_for(self, edition: Any) -> tuple[str, ...]:
        return (*OTHER_WORDS, "seen")

    def initial_of(self, edition: Any) -> dict[str, Any]:
        return super().initial_of(edition) | {"number": edition.number}

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.edition.WORDS}

    def layout(self) -> list[Any]:
        about = ("title", "former_names", "kind", "activity", "ended")
        return [
            Fieldset(
                "Your organisation",
                *(Field(name, size="s") for name in about),
                Field("nations", size="s", small=True),
                *(Field(name, size="s") for name in ("website", "summary", "body")),
            ),
            RowsOf(OFFERS, more="Add more kinds of help"),
            Field("note", size="m"),
            "number",
        ]


def with_more_rows(answers: Any) -> Any:
    """What was typed, with empty cards for more help behind it."""
    answers = answers.copy()
    rows = ChangesForm.base_fields[OFFERS].widget.rowset(answers, prefix=OFFERS)
    answers[f"{OFFERS}-TOTAL_FORMS"] = str(rows.total_form_count() + rows.extra)
    return answers
