import stat

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from signposting import access, demo_staff
from signposting.models import Organisation

pytestmark = pytest.mark.django_db

USERNAMES = [
    "cds-adviser",
    "couk-adviser",
    "eoa-adviser",
    "lp-adviser",
    "co-adviser",
    "duty-desk",
    "editor",
    "reviewer",
    "administrator",
]


@pytest.fixture
def content():
    call_command("load_content", verbosity=0)


def accounts(folder):
    lines = (folder / "demo-accounts.txt").read_text().splitlines()
    return dict(line.split("\t") for line in lines)


def test_every_account_in_the_file_can_log_in_to_the_admin(content, tmp_path):
    assert demo_staff.load(tmp_path) == 9
    passwords = accounts(tmp_path)
    assert list(passwords) == USERNAMES
    for username, password in passwords.items():
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert user.is_staff
        assert user.last_name.startswith("Demo ")
        assert list(user.groups.values_list("name", flat=True))


def test_only_the_administrator_is_a_superuser(content, tmp_path):
    demo_staff.load(tmp_path)
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["administrator"]


def test_each_adviser_acts_for_one_body_and_every_partner_body_can_act(content, tmp_path):
    demo_staff.load(tmp_path)
    bodies = {user.username: access.body_of(user) for user in User.objects.all()}
    assert bodies["cds-adviser"].slug == "co-operative-development-scotland"
    assert bodies["duty-desk"].is_duty_desk
    assert bodies["editor"] is None
    assert set(Organisation.objects.able()) == set(Organisation.objects.partners())


def test_notices_go_to_an_address_that_can_never_deliver(content, tmp_path):
    demo_staff.load(tmp_path)
    addresses = Organisation.objects.exclude(contact_email="").values_list("contact_email", flat=True)
    assert len(addresses) == 6
    assert all(address.endswith("@example.org") for address in addresses)


def test_the_file_is_for_its_owner_alone_and_no_draft_of_it_stays_behind(content, tmp_path):
    demo_staff.load(tmp_path)
    assert stat.S_IMODE((tmp_path / "demo-accounts.txt").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["demo-accounts.txt"]


def test_a_second_load_changes_nothing(content, tmp_path):
    demo_staff.load(tmp_path)
    before = (accounts(tmp_path), list(User.objects.order_by("pk").values_list("password", flat=True)))
    assert demo_staff.load(tmp_path) == 0
    assert (
        accounts(tmp_path),
        list(User.objects.order_by("pk").values_list("password", flat=True)),
    ) == before


def test_a_lost_file_means_new_passwords(content, tmp_path):
    demo_staff.load(tmp_path)
    old = accounts(tmp_path)
    (tmp_path / "demo-accounts.txt").unlink()
    assert demo_staff.load(tmp_path) == 9
    assert old.keys() == accounts(tmp_path).keys()
    assert all(
        User.objects.get(username=name).check_password(password)
        for name, password in accounts(tmp_path).items()
    )


def test_one_missing_account_leaves_the_others_as_they_are(content, tmp_path):
    demo_staff.load(tmp_path)
    old = accounts(tmp_path)
    User.objects.get(username="editor").delete()
    assert demo_staff.load(tmp_path) == 1
    changed = {name for name, password in accounts(tmp_path).items() if password != old[name]}
    assert changed == {"editor"}


def test_a_body_that_was_told_to_take_no_enquiries_stays_so(content, tmp_path):
    demo_staff.load(tmp_path)
    Organisation.objects.filter(slug="cabinet-office").update(accepts_enquiries=False)
    demo_staff.load(tmp_path)
    assert not Organisation.objects.get(slug="cabinet-office").accepts_enquiries


def test_the_command_writes_where_the_data_is(content, settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path
    call_command("load_demo_staff")
    assert capsys.readouterr().out == f"demo staff: 9 made, passwords in {tmp_path / 'demo-accounts.txt'}\n"


def test_there_are_no_demo_staff_outside_local_mode(content, settings, tmp_path):
    settings.LOCAL_MODE = False
    settings.DATA_DIR = tmp_path
    with pytest.raises(CommandError, match="Demo staff are for local use only"):
        call_command("load_demo_staff")
    assert not User.objects.exists()
    assert not list(tmp_path.iterdir())
