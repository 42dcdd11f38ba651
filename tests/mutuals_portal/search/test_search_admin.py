"""What editors do for the search. Edna edits, Ravi reviews."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mutuals_portal.search import content_loading, folding, fruitless
from mutuals_portal.search.models import FruitlessSearch, Synonym
from tests.factories import make_live_document, make_user

pytestmark = pytest.mark.django_db

LIST, ADD, NOT_FOUND = (
    reverse(f"admin:search_{name}")
    for name in ("synonym_changelist", "synonym_add", "fruitlesssearch_changelist")
)


@pytest.fixture
def edna():
    return make_user("editor", username="edna")


@pytest.fixture
def ravi():
    return make_user("reviewer", username="ravi")


@pytest.fixture
def root():
    return make_user(username="root", is_superuser=True)


@pytest.fixture
def tupe():
    return Synonym.objects.create(slug="tupe", words=["TUPE", "transfer of undertakings"])


def page_of(group, what="change"):
    return reverse(f"admin:search_synonym_{what}", args=[group.pk])


def lines(*words, is_used="on"):
    return {"words": "\r\n".join(words)} | ({"is_used": is_used} if is_used else {})


def test_an_editor_adds_a_group_and_the_next_search_uses_it(client, edna):
    make_live_document("page", at=timezone.now(), title="One", body="A bicycle shed.")
    client.force_login(edna)
    assert client.post(ADD, lines("Bicycle", "  push   bike ", "", "vélo")).status_code == 302
    group = Synonym.objects.get()
    assert (group.slug, group.words, group.is_used) == ("bicycle", ["Bicycle", "push bike", "vélo"], True)
    assert "<mark>bicycle</mark>" in client.get("/search/", {"q": "push bike"}).text


def test_two_groups_that_begin_alike_get_names_of_their_own(client, edna, tupe):
    tupe.words = ["staff transfer", "transfer of undertakings"]
    tupe.save()
    client.force_login(edna)
    client.post(ADD, lines("TUPE", "a staff move"))
    assert set(Synonym.objects.values_list("slug", flat=True)) == {"tupe", "tupe-2"}


def test_an_editor_changes_and_deletes_a_group_of_their_own(client, edna, tupe):
    client.force_login(edna)
    assert "TUPE\ntransfer of undertakings" in client.get(page_of(tupe)).text
    client.post(page_of(tupe), lines("TUPE", "staff move", is_used=""))
    tupe.refresh_from_db()
    assert (tupe.slug, tupe.words, tupe.is_used) == ("tupe", ["TUPE", "staff move"], False)
    assert client.post(page_of(tupe, "delete"), {"post": "yes"}).status_code == 302
    assert not Synonym.objects.exists()


def test_a_group_that_came_with_the_service_is_put_out_of_use_and_never_deleted(client, edna):
    content_loading.write_synonyms(content_loading.read_synonyms())
    group = Synonym.objects.get(slug="tupe")
    client.force_login(edna)
    assert client.post(page_of(group, "delete"), {"post": "yes"}).status_code == 403
    client.post(page_of(group), lines(*group.words, is_used=""))
    content_loading.write_synonyms(content_loading.read_synonyms())
    group.refresh_from_db()
    assert not group.is_used


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["one"], "Write at least two that mean the same."),
        (["", " "], "Write at least two that mean the same."),
        (["One", "ONE"], "“ONE” is there twice."),
        (["co-op", "two", "coop"], "“coop” is there twice."),
        (["one", "…"], "“…” has no letter or digit."),
        (["one", "x" * 81], "is too long: 80 characters at most."),
        (list("abcdefghi"), "These are 9. At most 8 are looked for at once."),
        (["tupe", "other"], "“tupe” is in another group already: TUPE = transfer of undertakings."),
    ],
)
def test_what_cannot_be_a_group_is_refused_by_the_field(client, edna, tupe, words, problem):
    client.force_login(edna)
    page = client.post(ADD, lines(*words))
    assert page.status_code == 200
    assert problem in "".join(page.context["adminform"].form.errors["words"])
    assert Synonym.objects.count() == 1


def test_groups_are_found_by_any_of_their_words(client, edna, tupe):
    Synonym.objects.create(slug="vat", words=["VAT", "value added tax"])
    client.force_login(edna)
    text = client.get(LIST, {"q": "undertak"}).text
    assert "TUPE = transfer of undertakings" in text
    assert "value added tax" not in text


def test_an_editor_sees_what_was_not_found_and_goes_on_to_add_it(client, edna):
    for words in ("zebra", "often", "often"):
        fruitless.count(words, at=timezone.now())
    client.force_login(edna)
    page = client.get(NOT_FOUND)
    assert page.text.index("often") < page.text.index("zebra")
    assert f'href="{ADD}?words=often"' in page.text
    assert "often</textarea>" in client.get(ADD, {"words": "often"}).text
    assert client.get(NOT_FOUND, {"days": "x\0"}).status_code == 200


def test_what_readers_looked_for_is_shown_as_text_and_cannot_be_changed(client, edna, root):
    FruitlessSearch.objects.create(day=timezone.localdate(), words="<b>x</b>", number=1)
    client.force_login(edna)
    assert "&lt;b&gt;x&lt;/b&gt;" in client.get(NOT_FOUND).text
    client.force_login(root)
    row = FruitlessSearch.objects.get()
    for what in ("change", "delete"):
        address = reverse(f"admin:search_fruitlesssearch_{what}", args=[row.pk])
        assert client.post(address, {"post": "yes", "words": "y"}).status_code == 403
    assert client.get(reverse("admin:search_fruitlesssearch_add")).status_code == 403


def test_nobody_but_editors_sees_to_the_search(client, ravi, tupe):
    client.force_login(ravi)
    for address in (LIST, ADD, NOT_FOUND, page_of(tupe)):
        assert client.get(address).status_code == 403


def test_the_groups_that_come_with_the_service_would_be_accepted_of_an_editor_too():
    groups = [group.values["words"] for group in content_loading.read_synonyms()]
    words = [" ".join(folding.words(each)) for group in groups for each in group]
    assert sorted(set(words)) == sorted(words)
    assert max(len(group) for group in groups) <= 8
