import pytest

from mutuals_portal import environment
from mutuals_portal.environment import WrongValue


def test_an_unset_or_empty_variable_means_the_default(monkeypatch):
    monkeypatch.delenv("SOME_SWITCH", raising=False)
    assert environment.read("SOME_SWITCH", environment.switch, True) is True
    monkeypatch.setenv("SOME_SWITCH", "")
    assert environment.read("SOME_SWITCH", environment.switch, True) is True


def test_a_wrong_value_stops_the_start_with_one_sentence(monkeypatch):
    monkeypatch.setenv("SOME_SWITCH", "perhaps")
    with pytest.raises(SystemExit, match=r"^SOME_SWITCH must be on or off\.$"):
        environment.read("SOME_SWITCH", environment.switch, True)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eight", "8.5", "٣", "9" * 30, " "])
def test_a_port_is_a_whole_number_in_range(text):
    with pytest.raises(WrongValue):
        environment.whole_number(1, 65535)(text)


@pytest.mark.parametrize(("text", "value"), [("on", True), ("True", True), ("off", False), ("0", False)])
def test_a_switch_is_on_or_off(text, value):
    assert environment.switch(text) is value


@pytest.mark.parametrize(
    "text",
    [
        "mutuals.example",
        "ftp://mutuals.example",
        "https://",
        "https://mutuals.example/portal",
        "https://mutuals.example?x=1",
        "https://someone@mutuals.example",
        "https://mutuals.example:port",
        "https://[mutuals.example",
        "https://mutuals .example",
    ],
)
def test_a_public_address_is_complete_and_has_no_path(text):
    with pytest.raises(WrongValue):
        environment.public_url(text)


def test_a_public_address_may_end_in_a_slash():
    assert environment.public_url("https://mutuals.example/").geturl() == "https://mutuals.example"


@pytest.mark.parametrize("text", ["short", "x" * 80, "abcd" * 20])
def test_a_weak_secret_key_is_refused(text):
    with pytest.raises(WrongValue):
        environment.secret_key(text)


def test_a_database_address_becomes_djangos_settings():
    settings = environment.database_url("postgresql://us%40er:p%2Fw@db.example:6432/mis?sslmode=require")
    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "mis",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "text",
    ["sqlite:///x", "postgresql://host", "postgresql://host/name?nosuch=1", "dbname=x", "postgresql://[x/y"],
)
def test_a_database_address_that_cannot_be_right_is_refused_without_repeating_it(text):
    with pytest.raises(WrongValue) as problem:
        environment.database_url(text)
    assert text not in str(problem.value)


@pytest.mark.parametrize(
    ("text", "port", "starttls", "tls"),
    [
        ("smtp://127.0.0.1:1025", 1025, False, False),
        ("smtp+tls://user:pass%20word@mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
    ],
)
def test_a_mail_address_says_port_and_encryption(text, port, starttls, tls):
    settings = environment.email_url(text)
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (
        port,
        starttls,
        tls,
    )


def test_a_mail_password_may_hold_any_character():
    assert environment.email_url("smtps://u:pass%20word@mail.example")["EMAIL_HOST_PASSWORD"] == "pass word"


@pytest.mark.parametrize(
    "text", ["mail.example", "imap://mail.example", "smtp://", "smtp://h:p", "smtp://h/x"]
)
def test_a_mail_address_that_cannot_be_right_is_refused(text):
    with pytest.raises(WrongValue):
        environment.email_url(text)


@pytest.mark.parametrize("text", ["nobody", "a@", "@b", "Name <a@b.example>", "a@b.example, c@d.example"])
def test_a_sender_is_one_bare_address(text):
    with pytest.raises(WrongValue):
        environment.email_address(text)


def test_a_directory_may_be_made_later_but_not_below_a_file(tmp_path):
    assert environment.directory(str(tmp_path / "a" / "b")) == tmp_path / "a" / "b"
    (tmp_path / "file").touch()
    with pytest.raises(WrongValue):
        environment.directory(str(tmp_path / "file" / "b"))
