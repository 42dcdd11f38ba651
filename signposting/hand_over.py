"""To which bodies an enquiry may be given, and whether the group has agreed to it. (Design, section 6.)"""

from signposting.case_record import Refused
from signposting.models import Enquiry, Organisation


class BodyCannotAct(Refused):
    """The body named cannot be given this enquiry."""


class ConsentMissing(Refused):
    """The group has not agreed that another partner body may see its enquiry."""


def possible_bodies(enquiry: Enquiry) -> list[Organisation]:
    """The bodies that this enquiry could be offered to now. Whether the group agrees is not asked here."""
    able = Organisation.objects.able().exclude(slug__in=enquiry.excluded_bodies)
    return list(able.exclude(pk=enquiry.holder_id))


def needs_consent(enquiry: Enquiry, to: Organisation) -> bool:
    """Whether giving it to this body would show it to a second partner body without the group's agreement."""
    if enquiry.may_share or to.is_duty_desk:
        return False
    seen_by = set(
        enquiry.events.filter(holder__kind=Organisation.Kind.PARTNER).values_list("holder", flat=True)
    )
    return bool(seen_by) and to.pk not in seen_by


def require_possible(enquiry: Enquiry, to: Organisation) -> None:
    if to.slug in enquiry.excluded_bodies:
        raise BodyCannotAct(f"The group asked that {to} does not see this enquiry.")
    if to not in possible_bodies(enquiry):
        raise BodyCannotAct(f"{to} cannot take this enquiry now. Choose another body or the duty desk.")
    if needs_consent(enquiry, to):
        raise ConsentMissing(
            "The group has not agreed that another partner body may see its enquiry. "
            "Ask the group, or pass it to the duty desk."
        )
