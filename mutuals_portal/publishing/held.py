"""What no statement may do to an edition, by whatever code it is sent: the database itself refuses.

Readers, reviewers and ``?as_of=`` rely on it that what was sent for review says the same ever after.
"""

from typing import Any

import pgtrigger

MOVES = [
    "status",
    "saves",
    "saved_at",
    "saved_by",
    "sent_at",
    "sent_by",
    "approved_at",
    "approved_by",
    "shown_from",
    "shown_until",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawal_reason",
    "review_note",
]
"""What the verbs change of an edition without writing in it. Everything else is what it says."""


class WordsChange(pgtrigger.Condition):
    """What an edition says changes otherwise than by writing: that makes it a draft, and ends at publishing."""

    def __init__(self) -> None:
        self._changed = pgtrigger.AnyChange(exclude=MOVES)

    def resolve(self, model: Any) -> str:
        changed = self._changed.resolve(model)
        return f"(({changed}) AND (OLD.status = 'published' OR NEW.status <> 'draft'))"


# Only a text that is still to come goes back, to where it waited; when one was shown from is history.
GOES_BACK = """(
    OLD.status = 'published' AND NEW.status NOT IN ('published', 'approved')
    OR OLD.status = 'published' AND NEW.status = 'published' AND OLD.shown_from <> NEW.shown_from
)"""

SECOND_PERSON = """
    IF EXISTS (
        SELECT 1 FROM {meta.db_table}_authors
        WHERE {meta.model_name}_id = NEW.id AND user_id = NEW.approved_by_id
    ) THEN
        RAISE EXCEPTION 'somebody else has to approve what user % worked on', NEW.approved_by_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

TRIGGERS = [
    pgtrigger.Protect(name="words_stay", operation=pgtrigger.Update, condition=WordsChange()),
    pgtrigger.Protect(
        name="no_way_back", operation=pgtrigger.Update, condition=pgtrigger.Condition(GOES_BACK)
    ),
    pgtrigger.Protect(
        name="published_stay", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__status="published")
    ),
    pgtrigger.Trigger(
        name="second_person",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("approved_by"),
        func=pgtrigger.Func(SECOND_PERSON),
    ),
]
