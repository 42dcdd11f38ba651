"""An entry on one page: what the body is, its texts, what help it offers, and when it is checked again."""

from django import forms

from case_studies.admin.row_forms import PartialDay
from guides.admin.row_fields import (
    SourceKey,
    SourceList,
    all_sources,
    line,
    one_of,
    refuse_unknown_source,
    some_of,
    text,
)
from guides.models import LookOut
from mutuals_portal import markup
from mutuals_portal.govuk_layout import Field, Fieldset
from mutuals_portal.plain_text import PlainText
from mutuals_portal.publishing_admin import EditionForm, RowForm, Rows, RowsOf
from mutuals_portal.publishing_admin.edition_form import OTHER_LAYOUT
from mutuals_portal.vocabulary import EnquirerKind, Stage
from signposting import offers
from signposting.models import Activity, BodyKind, Cost
from signposting.models.directory import NATIONS

LONGEST_NAME = 120
MOST_NAMES = 20


class Names(PlainText):
    """Names, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def to_python(self, value):
        names = [name.strip() for name in super().to_python(value).split("\n") if name.strip()]
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(
                f"Enter {MOST_NAMES} names or fewer, each of {LONGEST_NAME} characters or fewer"
            )
        return list(dict.fromkeys(names))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class OfferRow(RowForm):
    noun, plural = "offer", "offers"

    title = line("What the help is", 120, help_text="For example, Advice on structure and governance.")
    what = text("What a group gets", 400, help_text="One or two sentences.")
    askers = some_of(EnquirerKind.choices, "Who it is for", help_text="None selected means anybody.")
    stages = some_of(Stage.choices, "When", help_text="None selected means at any stage.")
    look_outs = some_of((), "Look-outs that it helps with")
    nations = some_of(NATIONS, "Where", help_text="None selected means wherever the body helps.")
    cost = one_of(Cost.choices, "Cost", help_text="Only what a source says.")
    how = text("How to ask for it", 300, help_text="One sentence, without a phone number or e-mail address.")
    source = SourceKey()

    def __init__(self, *args, sources=frozenset(), look_outs=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.fields["look_outs"].choices = look_outs

    @classmethod
    def called(cls, row):
        return row.get("title", "")

    def clean_source(self):
        key = self.cleaned_data["source"]
        refuse_unknown_source(key, self.sources)
        return key

    def row(self):
        return offers.as_written(self.cleaned_data)


class EntryForm(EditionForm):
    title = line("Name", LONGEST_NAME)
    former_names = Names(
        label="Former names", required=False, max_length=2_500, help_text="One on each line."
    )
    kind = one_of(BodyKind.choices, "Kind of body")
    activity = one_of(
        Activity.choices,
        "Whether it still works",
        help_text="A body that has ended stays listed, is marked, and is offered to nobody as help.",
    )
    ended = PartialDay(label="When it ended", help_text="Only for a body that has ended, and only if known.")
    nations = some_of(
        NATIONS, "Nations", help_text="Where it helps. None selected means everywhere in the UK."
    )
    website = forms.URLField(
        label="Website",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={
            "invalid": "Website must be an address such as https://www.example.org/",
            "max_length": "Website must be 300 characters or fewer",
        },
    )
    summary = text("Summary", 300, help_text="One sentence, for lists and search engines.")
    body = text(
        "Text",
        markup.LONGEST,
        rows=10,
        help_text="Markdown: what it is, what it was. Each fact with its source.",
        strip=False,
    )
    written_offers = Rows(
        OfferRow,
        label="Offers",
        most=12,
        help_text="What help people get from it. A body that has ended has none.",
    )

    def __init__(self, answers=None, *, edition):
        self.sources = all_sources()
        super().__init__(answers, edition=edition)
        look_outs = list(LookOut.objects.values_list("slug", "title"))
        self.fields["written_offers"].know(sources=self.sources.keys(), look_outs=look_outs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ended") and cleaned.get("activity") != Activity.HISTORIC:
            self.add_error("ended", "Delete when it ended, or say above that it has ended")
        return cleaned

    def layout(self):
        about = ("title", "former_names", "kind", "activity", "ended")
        return [
            SourceList(),
            Fieldset(
                "The body",
                *(Field(name, size="s") for name in about),
                Field("nations", size="s", small=True),
                *(Field(name, size="s") for name in ("website", "summary", "body")),
            ),
            RowsOf("written_offers"),
            Fieldset("Before it is published", *OTHER_LAYOUT),
        ]
