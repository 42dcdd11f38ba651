"""Makes made-up texts for the search, or takes them away again: to see what it costs when there are many."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mutuals_portal.search import many


class Command(BaseCommand):
    help = "Make so many texts that can be found and say nothing. Only on a portal of your own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, nargs="?", default=0)
        parser.add_argument("--remove", action="store_true", help="take all of them away again")

    def handle(self, *args: Any, number: int, remove: bool, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError("This would show made-up texts to the public. It works in local mode alone.")
        if remove:
            self.stdout.write(f"{many.remove()} made-up texts removed.")
        elif not 1 <= number <= 200_000:
            raise CommandError("Say how many, from 1 to 200,000.")
        else:
            many.make(number, at=timezone.now())
            self.stdout.write(f"{number} made-up texts made.")
