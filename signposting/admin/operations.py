"""Everything that can be done to an enquiry in the admin. ``operation`` says how."""

from django.db import transaction
from django.shortcuts import redirect

from mutuals_portal.private_access import codes
from signposting import casework, lifecycle, participation
from signposting.admin import new_code
from signposting.admin import operation_forms as forms
from signposting.admin.operation import Operation
from signposting.custody import ACCEPT_WITHIN_WORKING_DAYS
from signposting.models import Verb


class Accept(Operation):
    verb = Verb.ACCEPT
    act = lifecycle.accept
    label = "Accept"
    title = "Accept this enquiry"
    explanation = "You become its adviser. The group is told that you have taken it on."
    button = "Accept"
    done = "Accepted. You are its adviser now. Answer the group, or ask what you need to know."


class Decline(Operation):
    verb = Verb.DECLINE
    act = lifecycle.decline
    form_class = forms.HandOver
    label = "Decline"
    title = "Decline this enquiry"
    explanation = "It goes to another body or to the duty desk. The group reads where it went and why."
    button = "Decline"
    button_kind = "warning"
    done = "Declined and passed on."
    shares = True


class Refer(Operation):
    verb = Verb.REFER
    act = lifecycle.refer
    form_class = forms.HandOver
    label = "Hand over"
    title = "Hand this enquiry over"
    explanation = "It goes to another body or to the duty desk. The group reads where it went and why."
    button = "Hand over"
    button_kind = "warning"
    done = "Handed over."
    shares = True


class Offer(Operation):
    verb = Verb.OFFER
    act = lifecycle.offer
    form_class = forms.Offer
    label = "Offer to a body"
    title = "Offer this enquiry to a body"
    explanation = (
        f"The body has {ACCEPT_WITHIN_WORKING_DAYS} working days to accept it. "
        "If it does not, the enquiry comes back to you."
    )
    button = "Offer"
    done = "Offered."
    shares = True


class Ask(Operation):
    verb = Verb.ASK
    act = lifecycle.ask
    form_class = forms.Text
    label = "Ask a question"
    title = "Ask the group a question"
    explanation = "It is then the group’s turn, and your time stands still until it replies."
    button = "Send the question"
    done = "Your question was sent to the group. It is the group’s turn now."


class Answer(Operation):
    verb = Verb.ANSWER
    act = lifecycle.answer
    form_class = forms.Text
    label = "Answer"
    title = "Answer the group"
    explanation = "It is then the group’s turn. It can write again if your answer leaves something open."
    button = "Send the answer"
    done = "Your answer was sent to the group. Close the enquiry when there is nothing more to say."


class Close(Operation):
    verb = Verb.CLOSE
    act = lifecycle.close
    form_class = forms.Closing
    label = "Close"
    title = "Close this enquiry"
    explanation = "The group is told why. It, and you, can open the enquiry again later."
    button = "Close the enquiry"
    done = "Closed. The group can read why."


class Reopen(Operation):
    verb = Verb.REOPEN
    act = lifecycle.reopen
    form_class = forms.Text
    label = "Open again"
    title = "Open this enquiry again"
    explanation = "The group is told, and your time starts to run."
    button = "Open again"
    done = "Opened again. It is your turn."


class Assign(Operation):
    verb = Verb.ASSIGN
    act = casework.assign
    form_class = forms.Assignment
    label = "Give to a colleague"
    title = "Give this enquiry to a colleague"
    explanation = "The colleague becomes its adviser. The group is not told."
    button = "Give to colleague"
    done = "Given to a colleague."


class Note(Operation):
    verb = Verb.NOTE
    form_class = forms.Note
    label = "Write a note"
    title = "Write an internal note"
    explanation = "A note changes nothing for the group."
    button = "Save the note"
    done = "Note saved."

    def do(self, request, enquiry, *, seen, **given):
        casework.note(enquiry, **given)


class IssueCode(Operation):
    verb = Verb.ISSUE_CODE
    form_class = forms.NewCode
    label = "Issue a new code"
    title = "Issue a new code"
    explanation = (
        "The old code stops working at once. We never send a code by e-mail: say it or hand it over."
    )
    button = "Issue a new code"
    button_kind = "warning"
    done = "New code issued."

    def do(self, request, enquiry, **given):
        with transaction.atomic():  # a second click must find the code where the first has put it
            secret = codes.new_secret()
            participation.issue_code(enquiry, **given, secret=secret)
            new_code.keep(request, enquiry, person=given["participant"].display_name, secret=secret)

    def finish(self, request, enquiry):
        if enquiry is None:
            return super().finish(request, None)
        return redirect("admin:signposting_enquiry_new-code", enquiry.pk)


OPERATIONS = (Offer, Accept, Decline, Answer, Ask, Refer, Close, Reopen, Assign, Note, IssueCode)
"""In the order in which their buttons stand: the first that is possible is what is mostly done next."""
