"""Can our service spin out?"""

from django.shortcuts import render

from guides.views.tool_page import tool_page


@tool_page("can-we-spin-out")
def can_we_spin_out(request, edition):
    return render(request, "guides/tools/can_we_spin_out.html", {"edition": edition})
