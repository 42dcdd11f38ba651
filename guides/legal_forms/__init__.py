"""Which legal form fits: what is known of each form, and what a group's answers say for and against it.

``rules`` reads the editors' rows, ``asked`` the reader's address, ``ranking`` joins the two, ``comparing`` puts forms
side by side, ``checking`` says what keeps the rows from being published. No Django and no database in any of them.
"""

from guides.legal_forms.checking import problems
from guides.legal_forms.keeping import kept
from guides.legal_forms.rules import TABLES

__all__ = ["TABLES", "kept", "problems"]
