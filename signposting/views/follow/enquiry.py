"""The page on which a group follows its enquiry, and writes to whoever has it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guides.models import LookOut
from signposting import downloads, lifecycle, story
from signposting.follow_forms import ReopenForm, ReplyForm
from signposting.models import Message, Organisation, Verb
from signposting.working_days import local_date

from .door import for_followers

DONE = {
    "replied": "Your message has been sent",
    "reopened": "Your enquiry is open again",
    "withdrawn": "Your enquiry has been withdrawn",
    "removed": "Your colleague can no longer follow this enquiry",
    "contact": "Your contact choice has been saved",
    "consent": "Your choice on sharing has been saved",
    "words": "Your own words have been saved, and your old code no longer works",
}


def done(what):
    """Back to the enquiry, with a banner from ``DONE``."""
    return redirect(f"{reverse('signposting:follow-enquiry')}?done={what}")


@for_followers
@require_safe
def follow(request, participant):
    return page(request, participant, banner=DONE.get(request.GET.get("done", ""), ""))


@for_followers
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, participant):
    return _write(request, participant, ReplyForm, lifecycle.reply, "replied")


@for_followers
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, participant):
    return _write(request, participant, ReopenForm, lifecycle.reopen, "reopened")


@for_followers
@require_safe
def attachment(request, participant, pk):
    return downloads.hand_out(get_object_or_404(participant.enquiry.attachments, pk=pk))


def page(request, participant, *, form=None, banner="", unsent=""):
    """The whole page. ``form`` is one that could not be sent; ``unsent`` a text that comes back into a new one."""
    enquiry = participant.enquiry
    events = list(
        enquiry.events.shown_to_enquirer().select_related("holder", "by_participant").order_by("number")
    )
    participants = list(enquiry.participants.current())
    verbs = lifecycle.allowed(enquiry, by=participant)
    if form is None and (form_class := _form_for(verbs)):
        form = form_class(participant=participant, initial={"text": unsent})
    context = {
        "enquiry": enquiry,
        "participant": participant,
        "participants": participants,
        "standing": story.standing(enquiry, events, on=local_date(timezone.now())),
        "chain": story.chain(events, reader=participant),
        "conversation": story.conversation(enquiry, _messages(enquiry), participants, reader=participant),
        "facts": story.facts(enquiry, topics=_topics(enquiry), bodies=_bodies(enquiry)),
        "attachments": enquiry.attachments.all(),
        "form": form,
        "may_withdraw": Verb.WITHDRAW in verbs,
        "banner": banner,
        "unsent": unsent,
    }
    return render(request, "signposting/follow/enquiry.html", context)


def _write(request, participant, form_class, act, outcome):
    if request.method != "POST":
        return redirect("signposting:follow-enquiry")
    form = form_class(request.POST, participant=participant)
    if form.is_valid():
        words = {"text": form.cleaned_data["text"], "key": form.cleaned_data["key"]}
        try:
            act(participant.enquiry, **words, by=participant, at=timezone.now())
        except lifecycle.Refused as refused:
            form = _form_after(refused, request, participant)
        else:
            return done(outcome)
    return page(request, participant, form=form, unsent=request.POST.get("text", ""))


def _form_after(refused, request, participant):
    """The form that fits where the enquiry is now, with the text that was refused; None if nothing fits."""
    participant.refresh_from_db()
    form_class = _form_for(lifecycle.allowed(participant.enquiry, by=participant))
    if form_class is None:
        return None
    form = form_class(request.POST, participant=participant)
    form.add_error("text", str(refused))
    return form


def _form_for(verbs):
    if Verb.REPLY in verbs:
        return ReplyForm
    return ReopenForm if Verb.REOPEN in verbs else None


def _messages(enquiry):
    messages = Message.objects.shown_to_enquirer().filter(event__enquiry=enquiry)
    return messages.select_related("event__by_participant", "organisation")


def _topics(enquiry):
    return dict(LookOut.objects.filter(slug__in=enquiry.topics).values_list("slug", "title"))


def _bodies(enquiry):
    return dict(Organisation.objects.filter(slug__in=enquiry.excluded_bodies).values_list("slug", "name"))
