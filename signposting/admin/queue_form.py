"""What an adviser may ask of the queue. Anything that is not one of the choices is refused, not guessed at."""

from django import forms

from mutuals_portal.plain_text import PlainLine
from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, Sector, Stage
from signposting.models import Status
from signposting.models.enquiry import FILTERED_BY

SEARCH_LIMIT = 200


def _any_or(choices) -> list[tuple[str, str]]:
    return [("", "Any"), *choices.choices]


class QueueForm(forms.Form):
    """The names of the filters are those of the enquiry's fields."""

    q = PlainLine(label="Reference, words, employer or place", required=False, max_length=SEARCH_LIMIT)
    nation = forms.ChoiceField(choices=_any_or(Nation), required=False)
    stage = forms.ChoiceField(choices=_any_or(Stage), required=False)
    status = forms.ChoiceField(choices=_any_or(Status), required=False)
    sector = forms.ChoiceField(choices=_any_or(Sector), required=False)
    enquirer_kind = forms.ChoiceField(label="Who asks", choices=_any_or(EnquirerKind), required=False)
    employer_type = forms.ChoiceField(label="Employer", choices=_any_or(EmployerType), required=False)

    FILTERS = ("status", *FILTERED_BY)

    def asked(self) -> dict[str, str]:
        """The answers that were given and are allowed, to be carried from page to page."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filters(self) -> dict[str, str]:
        return {name: value for name, value in self.asked().items() if name in self.FILTERS}
