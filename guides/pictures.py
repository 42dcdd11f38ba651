"""The pictures that texts may show: SVG files of ours, named without their ending."""

from functools import cache
from xml.etree import ElementTree

from django.conf import settings
from django.templatetags.static import static

from mutuals_portal.markup import Picture

FOLDER = settings.BASE_DIR / "static" / "images" / "guides"


@cache
def names() -> frozenset[str]:
    """Known before the static files are collected, so that content can be checked and loaded first."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


@cache
def known() -> dict[str, Picture]:
    """Each picture with its address and its size, so that a page keeps the place for it while it loads."""
    pictures = {}
    for path in sorted(FOLDER.glob("*.svg")):
        _, _, width, height = ElementTree.parse(path).getroot().attrib["viewBox"].split()  # noqa: S314 (our own)
        pictures[path.stem] = Picture(
            static(f"guides/{path.name}"), round(float(width)), round(float(height))
        )
    return pictures
