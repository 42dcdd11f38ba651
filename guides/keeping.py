"""What can be kept of each tool."""

from collections.abc import Callable, Mapping, Sequence

from guides.kept import Kept
from guides.tables import Tables

Keeper = Callable[[Tables, Mapping[str, Sequence[str]]], Kept]
"""Reads the rows of a tool and the values of each key of an address."""

KEEPERS: dict[str, Keeper] = {}
