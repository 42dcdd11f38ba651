"""The five tools in the admin: their rules as tables of rows, each tool with its own."""

from .tool_admin import ToolAdmin

__all__ = ["ToolAdmin"]
