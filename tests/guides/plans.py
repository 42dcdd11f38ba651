"""A group and its plan, for tests: a joined pair of look-outs, and a client at the door."""

import re
from datetime import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides import planning
from guides.kept import Kept
from guides.models import Plan
from mutuals_portal.private_access import codes
from tests.factories import make_look_out, make_source, make_tool

CODE = "7K4P-Q2XR-9TNB"
WRONG = "2222-3333-4444"
ROWS = "count=votes&pass=more-than&share=50&who1=employees&members1=60&who2=users&members2=40"


def address(name, *args):
    return reverse(f"guides:{name}", args=args)


def make_plan(*, at: datetime | None = None, code: str = CODE) -> Plan:
    at = at or timezone.now()
    reference = codes.new_reference()
    digest = codes.digest(reference=reference, code=code)
    return Plan.objects.create(
        reference=reference, code_digest=digest, created_at=at, **planning.verbs.renewed(at)
    )


def make_look_outs() -> None:
    """An agreement that must come before a legal form, and pensions that nothing joins."""
    for slug, title in (
        ("commissioner-agreement", "Agreement with your commissioner"),
        ("legal-form", "Legal form"),
        ("pensions", "Pensions"),
    ):
        make_look_out(slug, title=title)
    join = {"before": "commissioner-agreement", "after": "legal-form", "kind": "settle-before"}
    why = "The form follows from what the contract asks for."
    make_tool("look-outs", joins=[join | {"why": why, "source": make_source().key}])


def settled(*slugs: str) -> Kept:
    return Kept(
        query="&".join(f"settled={slug}" for slug in slugs),
        lines=(f"Settled: {', '.join(slugs)}.",),
        look_outs=slugs,
    )


class Device(Client):
    """One person's browser."""

    def open(self, plan, code=CODE, **more):
        return self.post(address("plan-open"), {"reference": plan.reference, "code": code} | more)

    def look(self):
        return self.get(address("plan"))

    def hidden(self, where, name="key"):
        """What a form on a page holds."""
        return re.search(rf'name="{name}" value="([^"]*)"', self.get(where).text)[1]

    def change(self, where, **answers):
        """Fill in the form on a page and send it."""
        page = self.get(where).text
        held = dict(re.findall(r'name="(key|seen)" value="([^"]*)"', page))
        return self.post(where, held | answers)
