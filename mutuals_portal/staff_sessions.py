"""Where the sessions of staff are kept: in the database, and only under names that could be ours.

A cookie can hold any character, NUL among them, which PostgreSQL answers with an error. So a name that we never gave
is not even looked for. Named in the SESSION_ENGINE setting.
"""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key):
        return bool(key) and len(key) == 32 and key.isascii() and key.isalnum()
