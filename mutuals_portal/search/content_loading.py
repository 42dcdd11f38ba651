"""The synonyms that come with the service. ``load_content`` calls it; what an editor changed since is kept."""

from pathlib import Path

from mutuals_portal import content_files
from mutuals_portal.search.models import Synonym

SYNONYMS = Path(__file__).parent / "content" / "synonyms.yaml"


def read_synonyms(path: Path = SYNONYMS) -> list[content_files.Entry]:
    groups = content_files.read(path, Synonym, ("slug", "words"))
    for group in groups:
        if len(set(group.values["words"])) < 2:
            group.refuse("words: name at least two that mean the same.", at="words")
    return groups


def write_synonyms(groups: list[content_files.Entry]) -> content_files.Outcome:
    return content_files.write(Synonym, groups)
