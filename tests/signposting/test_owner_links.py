"""The yearly link: once a year, lost by no mail server, opened by nobody else, and dead when it is replaced."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from mutuals_portal import publishing
from mutuals_portal.private_access import throttle
from signposting import email_delivery, owner_links
from signposting.models import OutboxMail, OwnerLink
from tests.factories import MONDAY, make_entry, make_entry_draft, make_organisation, make_user
from tests.signposting.owners import CHECKER, make_link

pytestmark = pytest.mark.django_db

HERE = "203.0.113.9"
A_YEAR = timedelta(days=365)


def make_body(**words):
    body = make_entry(at=MONDAY, **words).document
    body.entry_email = CHECKER
    body.save()
    return body


def opened(link, *, at):
    secret = owner_links.secret_of(link)
    try:
        return owner_links.open_link(secret, address=HERE, at=at) == link
    except throttle.WrongCode:
        return False


class TestSending:
    def test_a_link_is_owed_with_its_mail_and_its_job(self):
        link = owner_links.send(make_body(), by=None, at=MONDAY)
        mail = OutboxMail.objects.get(kind="entry-link")
        assert (mail.owner_link, mail.organisation, mail.participant) == (link, None, None)
        assert ProcrastinateJob.objects.filter(args={"mail_id": str(mail.pk)}).exists()

    def test_only_a_digest_of_the_secret_is_kept(self):
        link = make_link()
        secret = owner_links.secret_of(link)
        assert len(secret) == 43
        assert secret not in str(OwnerLink.objects.values().get())

    def test_a_second_press_sends_nothing_more(self):
        body, edna = make_body(), make_user()
        first = owner_links.send(body, by=edna, at=MONDAY)
        assert owner_links.send(body, by=edna, at=MONDAY + timedelta(minutes=59)) == first
        assert OutboxMail.objects.count() == 1

    def test_a_later_press_replaces_the_link_and_its_mail(self):
        body = make_body()
        first = owner_links.send(body, by=None, at=MONDAY)
        later = MONDAY + timedelta(hours=2)
        second = owner_links.send(body, by=make_user(), at=later)
        assert [opened(each, at=later) for each in (first, second)] == [False, True]
        for mail in OutboxMail.objects.all():
            email_delivery.deliver(str(mail.pk), at=later)
        assert OutboxMail.objects.get(owner_link=first).dropped_at == later
        assert OutboxMail.objects.get(owner_link=second).sent_at == later
        first.refresh_from_db()
        assert first.sent_to == ""

    def test_a_body_that_nobody_checks_or_that_is_not_listed_gets_none(self):
        unchecked = make_entry(at=MONDAY).document
        with pytest.raises(owner_links.Refused, match="Nobody checks this entry"):
            owner_links.send(unchecked, by=None, at=MONDAY)
        draft = make_entry_draft(make_organisation(kind="helper", entry_email=CHECKER))
        with pytest.raises(owner_links.Refused, match="not listed"):
            owner_links.send(draft.document, by=None, at=MONDAY)

    def test_a_notice_that_waits_does_not_stand_for_a_link(self):
        body = make_organisation(entry_email=CHECKER)
        make_entry(body, at=MONDAY)
        OutboxMail.objects.create(kind="body-notice", organisation=body, created_at=MONDAY)
        owner_links.send(body, by=None, at=MONDAY)
        assert OutboxMail.objects.filter(kind="entry-link").count() == 1


class TestYearly:
    def test_every_listed_body_with_somebody_to_ask_is_asked_once_a_year(self):
        make_body()
        make_entry(at=MONDAY)
        make_body(activity="historic")
        sent = [owner_links.send_yearly(at=MONDAY + timedelta(days=days)) for days in (0, 0, 364, 365, 366)]
        assert sent == [1, 0, 0, 1, 0]

    def test_a_link_that_an_editor_sent_begins_the_year_anew(self):
        body = make_body()
        owner_links.send(body, by=make_user(), at=MONDAY)
        assert owner_links.send_yearly(at=MONDAY + timedelta(days=100)) == 0

    def test_whoever_checks_the_entry_from_now_on_is_asked_at_once(self):
        link = make_link()
        link.organisation.entry_email = "successor@example.org"
        link.organisation.save()
        assert owner_links.send_yearly(at=MONDAY + timedelta(days=1)) == 1

    def test_a_mail_that_never_arrived_is_followed_by_another_after_a_week(self):
        make_link()
        OutboxMail.objects.update(failed_at=MONDAY + timedelta(days=3))
        sent = [owner_links.send_yearly(at=MONDAY + timedelta(days=days)) for days in (6, 7, 8)]
        assert sent == [0, 1, 0]

    def test_one_that_cannot_be_sent_does_not_stop_the_rest(self, monkeypatch):
        make_body(title="First")
        make_body(title="Second")
        send = owner_links.send

        def broken(body, **kwargs):
            if OwnerLink.objects.count() == 0 and not broken.failed:
                broken.failed = True
                raise RuntimeError("broken")
            return send(body, **kwargs)

        broken.failed = False
        monkeypatch.setattr(owner_links, "send", broken)
        assert owner_links.send_yearly(at=MONDAY) == 1

    def test_the_address_of_whoever_checks_it_no_longer_is_forgotten(self):
        link = make_link()
        assert owner_links.forget_addresses(at=MONDAY) == 0
        link.organisation.entry_email = ""
        link.organisation.save()
        assert owner_links.forget_addresses(at=MONDAY) == 1
        link.refresh_from_db()
        assert (link.sent_to, link.replaced_at) == ("", MONDAY)
        assert owner_links.forget_addresses(at=MONDAY) == 0

    @pytest.mark.parametrize("number", [2, 12])
    def test_finding_who_is_due_takes_one_query(self, number, django_assert_num_queries):
        for _ in range(number):
            make_body()
        with django_assert_num_queries(1):
            assert len(owner_links.due(at=MONDAY)) == number


class TestOpening:
    @pytest.mark.parametrize(("days", "opens"), [(0, True), (365 + 59, True), (365 + 60, False)])
    def test_it_holds_for_a_year_and_sixty_days(self, days, opens):
        assert opened(make_link(), at=MONDAY + timedelta(days=days)) is opens

    def test_it_dies_when_somebody_else_is_to_check_the_entry(self):
        link = make_link()
        link.organisation.entry_email = "successor@example.org"
        link.organisation.save()
        assert not opened(link, at=MONDAY)

    def test_it_opens_nothing_of_a_body_that_is_not_listed_any_more(self):
        link = make_link()
        publishing.withdraw(link.organisation, by=make_user(), at=MONDAY, reason="It asked us to.")
        assert not opened(link, at=MONDAY + timedelta(seconds=1))

    def test_whoever_tries_out_links_is_stopped(self):
        link = make_link()
        for number in range(throttle.TRIES_PER_ADDRESS):
            with pytest.raises(throttle.WrongCode):
                owner_links.open_link(f"guess-{number}", address=HERE, at=MONDAY)
        with pytest.raises(throttle.TooManyTries):
            owner_links.open_link("guess", address=HERE, at=MONDAY)
        assert owner_links.open_link(owner_links.secret_of(link), address="198.51.100.7", at=MONDAY) == link

    @pytest.mark.parametrize("secret", ["", "\x00", "x" * 10_000, "\ud800", "🔑", "../../admin"])
    def test_nonsense_opens_nothing(self, secret):
        with pytest.raises(throttle.WrongCode):
            owner_links.open_link(secret, address=HERE, at=MONDAY)


class TestMail:
    def test_it_names_the_body_its_page_the_link_and_how_long_it_holds(self, settings):
        link = make_link(slug="cwmpas")
        link.organisation.name = "Cwmpas"
        link.organisation.save()
        mail = OutboxMail.objects.select_related("owner_link__organisation").get()
        message = email_delivery.compose(mail, CHECKER)
        html = message.alternatives[0][0]
        for text in (message.body, html):
            assert f"{settings.PUBLIC_URL}/support/entry/{owner_links.secret_of(link)}/" in text
            assert f"{settings.PUBLIC_URL}/support/cwmpas/" in text
            assert "Cwmpas is listed" in text
            assert "31 July 2027" in text

    def test_every_try_is_the_same_message(self):
        make_link()
        first, second = (email_delivery.compose(OutboxMail.objects.get(), CHECKER) for _ in range(2))
        assert (first.subject, first.body, first.alternatives) == (
            second.subject,
            second.body,
            second.alternatives,
        )
        assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
