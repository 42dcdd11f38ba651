"""What a group worked out in its plan reaches the body that answers, and nothing more than it chose."""

import pytest

from tests.journeys.test_an_enquiry_is_answered import STORIES

pytestmark = pytest.mark.journey

BODY = "co-operative-development-scotland"


@pytest.fixture(params=[True, False], ids=["on a narrow screen", "without scripts"])
def scene(request):
    return {"javascript": request.param, "width": 320 if request.param else 1280}


def plan_of_home_carers(group, scene):
    asking = group(**scene)
    asking.go("/plan/")
    asking.press("Start a plan")
    asking.go("/plan/keep/who-has-a-say/?nation=scotland&who1=employees&members1=40")
    asking.press("Keep this")
    asking.go("/plan/decisions/add/")
    asking.write("What did you decide?", "We ask Borsetshire Council for its agreement")
    asking.press("Keep this decision")
    asking.follow_link("Start an enquiry with this plan")
    return asking


def confirm(asking, *, choose=()):
    asking.choose(*choose)
    asking.press("Continue")


def test_the_body_reads_the_parts_that_the_group_chose(group, adviser, scene):
    asking = plan_of_home_carers(group, scene)
    asking.sees("We ask Borsetshire Council for its agreement")
    asking.press("Start the enquiry")
    asking.sees("Your enquiry begins with what you chose from your plan")
    story = STORIES[BODY]
    confirm(asking, choose=[story.who])
    assert asking.page.get_by_label("Scotland", exact=True).is_checked()
    confirm(asking)
    confirm(asking, choose=[story.employer])
    confirm(asking, choose=[story.sector])
    confirm(asking)
    confirm(asking, choose=[story.stage])
    confirm(asking)
    assert asking.page.get_by_label("Employees only", exact=True).is_checked()
    confirm(asking)
    words = asking.page.get_by_label("What would you like to ask?").input_value()
    assert words.startswith("From our plan")
    asking.write("What would you like to ask?", f"{words} Is this enough of a say for our users?")
    confirm(asking)
    confirm(asking)
    confirm(asking)
    confirm(asking, choose=["Send me no e-mail. I will come back here to look"])
    confirm(asking, choose=["Yes"])
    asking.sees("Check your answers")
    asking.send()

    answering = adviser(BODY, **scene)
    answering.open_case(asking.reference)
    answering.sees("Is this enough of a say for our users?")
    answering.sees("What a decision needs")
    answering.does_not_see("Borsetshire")


def test_an_enquiry_that_was_begun_before_is_not_lost(group, scene):
    asking = plan_of_home_carers(group, scene)
    asking.start()
    asking.choose("A commissioner of services")
    asking.press("Continue")
    asking.go("/plan/enquiry/")
    asking.press("Start the enquiry")
    asking.sees("You have begun another enquiry in this browser")
    asking.press("Go on with the other one")
    asking.go("/enquiries/new/who/")
    assert asking.page.get_by_label("A commissioner of services", exact=True).is_checked()
