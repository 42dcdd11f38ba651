"""Which legal form fits."""

from django.shortcuts import render

from guides.views.tool_page import tool_page


@tool_page("legal-forms")
def legal_forms(request, edition):
    return render(request, "guides/tools/legal_forms.html", {"edition": edition})
