"""What a reader keeps of a tool in a plan. Each rule module makes it of an address; pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """``query`` leads back to the tool as it stood. ``lines`` say what was ticked or chosen, in words.

    Without lines there is nothing to keep. ``look_outs`` are the issues that the group ticked as settled.
    """

    query: str = ""
    lines: tuple[str, ...] = ()
    nation: str = ""
    look_outs: tuple[str, ...] = ()
    legal_form: str = ""
