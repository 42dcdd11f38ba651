"""Who has a say: which classes of members can pass a decision, stop it, or never change it.

A reader enters classes with their votes or board seats and a threshold; all of it stands in the address
(``address``). Each class is taken to vote as one block. ``power`` counts every coalition exactly, ``findings`` says
what came out, ``picture`` draws it. Editors write the published examples and the warnings (``rows``). Nothing here
touches the database.
"""

from guides.governance.keeping import kept
from guides.governance.rows import TABLES, problems

__all__ = ["TABLES", "kept", "problems"]
