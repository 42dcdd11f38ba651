"""A group's plan."""

from django.shortcuts import render

from guides.views.tool_page import tool_page


@tool_page("plan")
def plan(request, edition):
    return render(request, "guides/tools/plan.html", {"edition": edition})
