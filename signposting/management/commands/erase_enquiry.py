"""Erase one enquiry, when its group has asked for that."""

from django.core.management.base import BaseCommand, CommandError

from mutuals_portal.private_access import codes
from signposting import retention
from signposting.models import Enquiry


class Command(BaseCommand):
    help = "Delete an enquiry with its messages, people and files, for good. Check first who is asking."

    def add_arguments(self, parser):
        parser.add_argument("reference", help="such as MIS-7K4P-Q2XR")
        parser.add_argument("--yes", action="store_true", help="do not ask again")

    def handle(self, *, reference, yes, **options):
        enquiry = Enquiry.objects.filter(reference=codes.normalise_reference(reference)).first()
        if enquiry is None:
            raise CommandError(f"There is no enquiry {reference}.")
        if not yes and input(f"Erase {enquiry} for good? Type its reference: ").strip() != enquiry.reference:
            raise CommandError("Nothing was erased.")
        retention.erase(enquiry)
        self.stdout.write(f"{enquiry} is erased. Backups keep it until they are deleted.")
