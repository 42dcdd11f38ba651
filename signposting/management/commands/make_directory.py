"""Makes made-up offers of help, or takes them away again: to see what the pages cost when there are many."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from signposting import many


class Command(BaseCommand):
    help = "Make so many live offers of bodies that do not exist. Only on a portal of your own."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, nargs="?", default=0)
        parser.add_argument("--remove", action="store_true", help="take all of them away again")

    def handle(self, *args, number, remove, **options):
        if not settings.LOCAL_MODE:
            raise CommandError("This would show made-up bodies to the public. It works in local mode alone.")
        if remove:
            self.stdout.write(f"{many.remove()} made-up bodies removed.")
        elif not 1 <= number <= 100_000:
            raise CommandError("Say how many offers, from 1 to 100,000.")
        else:
            many.make(number, at=timezone.now())
            self.stdout.write(f"{number} made-up offers made.")
