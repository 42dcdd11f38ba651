"""Wrong codes of plans."""

from mutuals_portal.private_access import failed_access


class FailedAccess(failed_access.FailedAccess):
    pass
