"""A profile written on one page: texts and rows are kept, whatever is wrong with them."""

from datetime import date
from decimal import Decimal

import pytest

from case_studies.models import Profile
from tests.case_studies.admin.conftest import CLAIM, MET, SHARE, STEP, typed

pytestmark = pytest.mark.django_db


def test_rows_are_saved_as_their_editor_wrote_them(client, draft, of):
    answers = typed(draft, claims=[CLAIM], shares=[SHARE], milestones=[STEP], evidence=[MET])
    page = client.post(of("edit", draft), answers, follow=True)
    assert "Saved." in page.text
    after = Profile.objects.get(pk=draft.pk)
    claim = after.claims.get()
    assert (str(claim), claim.as_of, claim.review_by) == (
        "Staff: over 1,500 people",
        "2013-07",
        date(2099, 3, 27),
    )
    assert after.shares.get().percent == Decimal(60)
    assert after.milestones.get().begins == "2003-10-01"
    assert after.evidence.get().look_out.slug == "pensions"
    assert (after.staff, after.owners, after.stages) == (1500, ["staff"], ["implementation"])
    shown = client.get(of("edit", after)).text
    for words in ("1 October 2003", "July 2013", "27/03/2099", "Staff (staff)", 'value="1500"'):
        assert words in shown
