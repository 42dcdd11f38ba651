import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from signposting import downloads
from signposting.models import Attachment
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db


def make_attachment(**kwargs):
    attachment = Attachment(**{"kind": "txt", "size": 5, "uploaded_at": MONDAY, "name": "plan.txt"} | kwargs)
    attachment.file.save("plan", ContentFile(b"words"))
    return attachment


def test_a_file_is_a_download_that_no_browser_opens_and_no_cache_keeps():
    response = downloads.hand_out(make_attachment())
    content = response.getvalue()
    response.close()

    assert content == b"words"
    assert response["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert response["Content-Length"] == "5"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("cynllun ŵ.txt", "attachment; filename*=utf-8''cynllun%20%C5%B5.txt"),
        ('say "hello".txt', 'attachment; filename="say \\"hello\\".txt"'),
        ("a;filename=b.exe", 'attachment; filename="a;filename=b.exe"'),
    ],
)
def test_any_name_fits_into_the_header(name, header):
    response = downloads.hand_out(make_attachment(name=name))
    response.close()

    assert response["Content-Disposition"] == header


@pytest.mark.parametrize("kind", Attachment.Kind)
def test_every_kind_has_its_content_type(kind):
    response = downloads.hand_out(make_attachment(kind=kind, name=f"plan.{kind}"))
    response.close()

    assert response["Content-Type"] == downloads.CONTENT_TYPES[kind]


def test_a_file_that_is_gone_is_not_found():
    attachment = make_attachment()
    attachment.file.storage.delete(attachment.file.name)

    with pytest.raises(Http404):
        downloads.hand_out(attachment)
