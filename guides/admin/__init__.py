"""The guides in the Django admin: texts, sources, look-outs, and what readers report. One module per kind of row."""

from .documents import DocumentAdmin
from .look_outs import LookOutAdmin
from .reports import ReportAdmin
from .sources import SourceAdmin

__all__ = ["DocumentAdmin", "LookOutAdmin", "ReportAdmin", "SourceAdmin"]
