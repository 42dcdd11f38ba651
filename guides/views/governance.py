"""Who has a say."""

from django.shortcuts import render

from guides.views.tool_page import tool_page


@tool_page("who-has-a-say")
def who_has_a_say(request, edition):
    return render(request, "guides/tools/who_has_a_say.html", {"edition": edition})
