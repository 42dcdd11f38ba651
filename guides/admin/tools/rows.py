"""What the rows of every tool's tables have in common."""

from guides.admin.row_fields import refuse_unknown_source
from mutuals_portal.publishing_admin import RowForm


class ToolRow(RowForm):
    """Its fields are those of its ``table``, in the order in which the rule module names them."""

    table: str

    def __init__(self, *args, sources=frozenset(), look_outs=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = sources
        if "look_out" in self.fields:
            self.fields["look_out"].choices = [("", "Select"), *look_outs]
        if "look_outs" in self.fields:
            self.fields["look_outs"].choices = look_outs

    def clean_source(self):
        key = self.cleaned_data.get("source", "")
        refuse_unknown_source(key, self.sources)
        return key

    def row(self):
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.base_fields and value not in (None, "", [], False)
        }
