"""The guides in the Django admin: texts, tools, sources, look-outs and what readers report."""

from .documents import DocumentAdmin
from .look_outs import LookOutAdmin
from .reports import ReportAdmin
from .sources import SourceAdmin
from .tools import ToolAdmin

__all__ = ["DocumentAdmin", "LookOutAdmin", "ReportAdmin", "SourceAdmin", "ToolAdmin"]
