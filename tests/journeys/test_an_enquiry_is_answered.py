"""From the question to the answer, for each of the bodies that answer."""

import pytest

from tests.journeys.people import Story

pytestmark = pytest.mark.journey

STORIES = {
    "co-operative-development-scotland": Story(
        who="Staff who deliver the service",
        nation="Scotland",
        place="Inverness",
        employer="NHS body or health and social care trust",
        sector="Adult social care and home care",
        ownership="Employees only",
        question="We are home carers. Could we run our service as a co-operative?",
    ),
    "co-operatives-uk": Story(
        who="Staff who deliver the service",
        nation="England",
        place="Salford",
        employer="Council or other local authority",
        sector="Leisure, sport and culture",
        ownership="Employees together with users or the community",
        question="We want users on our board. How do we begin?",
    ),
    "employee-ownership-association": Story(
        who="Staff who deliver the service",
        nation="England",
        place="",
        employer="Council or other local authority",
        sector="Children’s services and social work",
        ownership="Employees only",
        question="We are a social work team and would own it ourselves. What must we settle first?",
    ),
    "local-partnerships": Story(
        who="A commissioner of services",
        nation="England",
        place="A London borough",
        employer="Council or other local authority",
        sector="Adult social care and home care",
        ownership="We are not sure yet",
        question="How may we award a contract to a new mutual?",
    ),
    "cabinet-office": Story(
        who="Staff who deliver the service",
        nation="More than one nation, or the whole of the UK",
        place="",
        employer="Government department or agency",
        sector="Employment and benefits advice",
        ownership="We are not sure yet",
        question="Could a Jobcentre become a mutual?",
    ),
}


@pytest.mark.parametrize("body", STORIES)
def test_a_group_asks_and_reads_the_answer(body, group, adviser):
    asking = group()
    asking.start()
    asking.tell(STORIES[body])
    asking.send()

    answering = adviser(body)
    answering.open_case(asking.reference)
    answering.sees(STORIES[body].question)
    answering.does("Accept")
    answering.does("Ask a question", "Send the question", text="How many of your colleagues know of it?")

    asking.open_enquiry()
    asking.sees("How many of your colleagues know of it?")
    asking.reply("All forty.")

    answering.open_case(asking.reference)
    answering.sees("All forty.")
    answering.does("Answer", "Send the answer", text="Begin with a meeting of all who would be members.")

    asking.open_enquiry()
    asking.sees("Begin with a meeting of all who would be members.")


def test_a_group_that_excludes_the_body_reaches_another(group, adviser):
    story = STORIES["co-operative-development-scotland"]
    asking = group()
    asking.start()
    asking.tell(Story(**vars(story) | {"excluded": ("Co-operative Development Scotland",)}))
    asking.send()

    adviser("co-operative-development-scotland").does_not_see(asking.reference)
    answering = adviser("employee-ownership-association")
    answering.open_case(asking.reference)
    answering.does("Accept")
    answering.does("Answer", "Send the answer", text="Scottish law has its own rules here.")

    asking.open_enquiry()
    asking.sees("Employee Ownership Association")
    asking.sees("Scottish law has its own rules here.")


def test_a_case_is_handed_over_and_closed(group, adviser):
    asking = group()
    asking.start()
    asking.tell(STORIES["co-operatives-uk"])
    asking.send()

    first = adviser("co-operatives-uk")
    first.open_case(asking.reference)
    first.does("Accept")
    first.does(
        "Hand over",
        choose="Employee Ownership Association | Another body knows this subject better",
        text="They have worked with leisure services.",
    )
    first.go("/admin/signposting/enquiry/")
    first.does_not_see(asking.reference)

    second = adviser("employee-ownership-association")
    second.open_case(asking.reference)
    second.does("Accept")
    second.does("Answer", "Send the answer", text="We can put you in touch.")
    second.does("Close", "Close the enquiry", choose="The group has what it asked for")

    asking.open_enquiry()
    asking.sees("They have worked with leisure services.")
    asking.sees("We can put you in touch.")
    asking.sees("Employee Ownership Association closed it")


def test_the_whole_story_without_javascript_on_a_narrow_screen(group, adviser):
    asking = group(javascript=False, width=320)
    asking.start()
    asking.tell(STORIES["co-operatives-uk"])
    asking.send()
    answering = adviser("co-operatives-uk", javascript=False, width=320)
    answering.open_case(asking.reference)
    answering.does("Accept")
    answering.does("Answer", "Send the answer", text="Begin with a meeting.")
    asking.open_enquiry()
    asking.sees("Begin with a meeting.")
