"""The content that comes with the guides. ``load_content`` calls it."""

from pathlib import Path

from guides.models import LookOut
from mutuals_portal import content_files

LOOK_OUTS = Path(__file__).parent / "content" / "look-outs.yaml"


def read_look_outs(path: Path = LOOK_OUTS) -> list[content_files.Entry]:
    return content_files.read(path, LookOut, ("slug", "title", "summary"), numbered="position")
