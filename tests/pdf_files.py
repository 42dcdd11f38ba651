"""What stands in a PDF, read back from its bytes. ``made`` has them as its ``content``, as answers of a view do."""

import re
from io import BytesIO

from pypdf import PdfReader


def read(made):
    return PdfReader(BytesIO(made.content))


def words(made):
    return "\n".join(page.extract_text() for page in read(made).pages)


def squeezed(text):
    return re.sub(r"\s+", "", text)


def elements(reader, kind):
    """Every element of the structure tree of one kind, in reading order."""
    found, ahead = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while ahead:
        element = ahead.pop()
        if element.get("/S") == kind:
            found.append(element)
        inside = element.get("/K", [])
        inside = inside if isinstance(inside, list) else [inside]
        inside = [getattr(each, "get_object", lambda each=each: each)() for each in inside]
        ahead += [each for each in reversed(inside) if isinstance(each, dict)]
    return found


def titles(outline):
    return [titles(each) if isinstance(each, list) else each.title for each in outline]
