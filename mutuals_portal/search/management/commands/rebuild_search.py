"""Makes the search anew of all that is published. Safe at any time: readers search the old rows until it is done."""

from typing import Any

from django.core.management.base import BaseCommand

from mutuals_portal.search import index


class Command(BaseCommand):
    help = "Make the search anew of all that is published."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index.renew_all()} texts can be found.")
