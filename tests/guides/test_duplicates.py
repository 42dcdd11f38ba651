import pytest

from guides import duplicates
from guides.models import Source

HAVE = Source(
    key="gma", title="Greater Manchester: leisure in public hands", address="https://www.example.org/leisure/"
)


@pytest.mark.parametrize(
    ("title", "address", "is_like"),
    [
        ("Something else", "http://example.org/leisure", True),
        ("Something else", "https://EXAMPLE.org/leisure#staff", True),
        ("Something else", "https://example.org/leisure?page=2", False),
        ("Something else", "https://example.org/", False),
        ("greater manchester – Leisure in Public Hands", "", True),
        ("Greater Manchester: leisure in public hand", "", True),
        ("Greater Manchester: leisure in public hands 2", "", False),
        ("Greater Manchester", "", False),
        ("", "", False),
    ],
)
def test_a_source_is_known_again_by_its_page_or_its_title(title, address, is_like):
    assert duplicates.like(title=title, address=address, among=[HAVE]) == ([HAVE] if is_like else [])


def test_sources_without_an_address_are_not_all_alike():
    assert not duplicates.like(title="A", address="", among=[Source(key="b", title="B", address="")])
