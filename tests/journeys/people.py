"""What people do on the portal's pages, in their own words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

MARKUP = """() => document.documentElement.outerHTML
    .replace(/>[^<]+</g, "><").replace(/ (href|value|action|datetime)="[^"]*"/g, "")"""
"""A page without its words and addresses: what decides whether it is accessible, apart from how it is worded."""

FOUND_GOOD: set[tuple[str, int]] = set()
"""Markup and screen width of pages that axe had no complaint about. The stories pass the same pages many times."""


class Person:
    """Somebody at a browser. ``axe`` is the checker's source; None where scripts are off and it cannot run."""

    def __init__(self, page: Page, *, axe: str | None):
        self.page = page
        self.axe = axe
        self.complaints: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        """Keep what the browser complains of: a script that fails, or something that the policy forbids."""
        if kind == "error" and "status of 4" not in text:
            self.complaints.append(text)

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def follow_link(self, name: str | re.Pattern) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.look()

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def look(self) -> None:
        """Take the page in: no fault of accessibility, none of the browser's, and nothing wider than the screen."""
        self.page.wait_for_load_state()
        assert not self.complaints, self.complaints
        if self.axe is None:
            return
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert width <= 0, f"{self.page.url} is {width} pixels wider than the screen"
        seen = (self.page.evaluate(MARKUP), self.page.viewport_size["width"])
        if seen not in FOUND_GOOD:
            self._ask_axe()
            FOUND_GOOD.add(seen)

    def _ask_axe(self) -> None:
        self.page.evaluate(self.axe)
        found = self.page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
        self.complaints.clear()  # axe reads imported style sheets through inline ones, which the policy forbids
        faults = [f"{f['id']}: {f['help']}: {[n['html'] for n in f['nodes']]}" for f in found]
        assert not faults, f"{self.page.url}\n" + "\n".join(faults)


@dataclass(frozen=True)
class Story:
    """Who asks what: the labels that a group chooses, page by page."""

    who: str
    nation: str
    place: str
    employer: str
    sector: str
    ownership: str
    question: str
    stage: str = "Early thinking"
    excluded: tuple[str, ...] = ()
    may_share: bool = True


class Group(Person):
    """People who ask, without an account."""

    reference = code = ""

    def start(self) -> None:
        self.go("/enquiries/new/")
        self.press("Start now")

    def tell(self, story: Story) -> None:
        """Answer every question, one a page, as far as the check page."""
        self._answer(story.who)
        self.write("Town, county or area (optional)", story.place)
        self._answer(story.nation)
        self._answer(story.employer)
        self._answer(story.sector)
        self.write("About how many staff does the service have? (optional)", "about 40")
        self.press("Continue")
        self._answer(story.stage)
        self._answer("Pensions")
        self._answer(story.ownership)
        self.write("What would you like to ask?", story.question)
        self.press("Continue")
        self.page.get_by_label("Do you want to add any files? (optional)").set_input_files(
            {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"A plan for forty of us."}
        )
        self.press("Continue")
        self._answer(*story.excluded)
        self._answer("Send me no e-mail. I will come back here to look")
        self._answer("Yes" if story.may_share else "No")
        self.sees("Check your answers")
        self.sees("plan.txt")

    def _answer(self, *labels: str) -> None:
        self.choose(*labels)
        self.press("Continue")

    def send(self) -> None:
        """Send it, and write reference and code down."""
        self.press("Send")
        self.sees("Your enquiry is sent")
        words = self.page.locator("main").inner_text()
        self.reference = re.search(r"MIS-\w{4}-\w{4}", words)[0]
        self.code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", words.replace(self.reference, ""))[0]
        self.press("I have written these down")

    def open_enquiry(self) -> None:
        self.go("/enquiries/follow/")
        self.write("Reference", self.reference)
        self.write("Code", self.code)
        self.press("Continue")

    def reply(self, text: str) -> None:
        self.page.get_by_role("textbox").fill(text)
        self.press("Send")


class Adviser(Person):
    """Somebody of a partner body, in the admin."""

    def log_in(self, username: str, password: str) -> None:
        self.go("/admin/")
        self.page.get_by_label(re.compile("username", re.I)).fill(username)
        self.page.get_by_label(re.compile("password", re.I)).fill(password)
        self.page.get_by_role("button", name="Log in", exact=True).click()
        self.look()

    def open_case(self, reference: str) -> None:
        self.go("/admin/signposting/enquiry/")
        self.follow_link(reference)
        self.sees(reference)

    def does(self, button: str, confirm: str | None = None, text: str = "", choose: str = "") -> None:
        """Take one operation through its small page."""
        self.follow_button(button)
        if choose:
            self.choose(*choose.split(" | "))
        if text:
            self.page.get_by_role("textbox").last.fill(text)
        self.press(confirm or button)

    def follow_button(self, name: str) -> None:
        """A button that only leads to a page is a link that looks like one."""
        self.page.get_by_role("main").get_by_text(name, exact=True).click()
        self.look()
