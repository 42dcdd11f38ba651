"""What a group can change about its enquiry, one page each. Every page makes one call and says when it is refused."""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from signposting import lifecycle, participation
from signposting.follow_forms import (
    ColleagueForm,
    ConsentForm,
    ContactForm,
    OwnWordsForm,
    RemoveForm,
    WithdrawForm,
)
from signposting.models import Status, Verb

from .door import for_followers
from .enquiry import done


def change(view):
    """A page with one form, for whoever follows on this device."""
    return for_followers(require_http_methods(["GET", "HEAD", "POST"])(view))


def for_sender(view):
    """Only the sender may. A colleague who comes here all the same is led back to the enquiry."""

    @wraps(view)
    def answer(request, participant, **kwargs):
        if not participant.is_sender:
            return redirect("signposting:follow-enquiry")
        return view(request, participant, **kwargs)

    return answer


@change
@for_sender
def withdraw(request, participant):
    enquiry = participant.enquiry
    is_possible = Verb.WITHDRAW in lifecycle.allowed(enquiry, by=participant)
    if enquiry.status == Status.WITHDRAWN or (not is_possible and request.method != "POST"):
        return redirect("signposting:follow-enquiry")
    form = WithdrawForm(request.POST or None, participant=participant)

    def act(text, key):
        lifecycle.withdraw(enquiry, text=text, by=participant, at=timezone.now())
        return done("withdrawn")

    return _settle(request, participant, form, act, "withdraw")


@change
@for_sender
def add_colleague(request, participant):
    """The code is on the answer to the form itself, as no page with an address of its own may show it.

    Loading that answer again sends the same key, and so shows the same colleague and code.
    """
    form = ColleagueForm(request.POST or None, participant=participant)

    def act(name, key):
        colleague, code = participation.add_participant(
            participant.enquiry, name=name, by=participant, at=timezone.now(), secret=str(key)
        )
        context = {"enquiry": participant.enquiry, "colleague": colleague, "code": code}
        return render(request, "signposting/follow/colleague_added.html", context)

    return _settle(request, participant, form, act, "add_colleague")


@change
@for_sender
def remove_colleague(request, participant, pk):
    colleague = get_object_or_404(participant.enquiry.participants, pk=pk, is_sender=False)
    if not colleague.is_current:
        return done("removed")
    form = RemoveForm(request.POST or None, participant=participant)

    def act(key):
        participation.remove_participant(
            participant.enquiry, participant=colleague, by=participant, at=timezone.now()
        )
        return done("removed")

    return _settle(request, participant, form, act, "remove_colleague", colleague=colleague)


@change
def contact(request, participant):
    now = {name: getattr(participant, name) for name in ("contact_choice", "email", "contact_note")}
    form = ContactForm(request.POST or None, participant=participant, initial=now)

    def act(key, **answers):
        if answers == now:
            return done("contact")
        participation.change_contact(
            participant.enquiry, participant=participant, by=participant, at=timezone.now(), **answers
        )
        return done("contact")

    return _settle(request, participant, form, act, "contact")


@change
@for_sender
def consent(request, participant):
    now = {"may_share": "yes" if participant.enquiry.may_share else "no"}
    form = ConsentForm(request.POST or None, participant=participant, initial=now)

    def act(may_share, key):
        participation.change_consent(
            participant.enquiry, may_share=may_share, by=participant, at=timezone.now()
        )
        return done("consent")

    return _settle(request, participant, form, act, "consent")


@change
def own_words(request, participant):
    form = OwnWordsForm(request.POST or None, participant=participant)

    def act(words, key):
        participation.choose_words(participant.enquiry, words=words, by=participant, at=timezone.now())
        participant.refresh_from_db()  # the cookie that goes out with this answer must fit the new words
        return done("words")

    return _settle(request, participant, form, act, "own_words")


def _settle(request, participant, form, act, template, **said):
    """Do what a good form asks, or show the form: new, with its errors, or with the reason it was refused."""
    if form.is_bound and form.is_valid():
        try:
            return act(**form.cleaned_data)
        except lifecycle.Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "participant": participant, "enquiry": participant.enquiry} | said
    return render(request, f"signposting/follow/{template}.html", context)
