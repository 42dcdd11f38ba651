"""Makes the people to try the portal as. Local mode only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from signposting import demo_staff


class Command(BaseCommand):
    help = "Make demo staff accounts, with their passwords in DATA_DIR/demo-accounts.txt. Local mode only."

    def handle(self, *args, **options):
        if not settings.LOCAL_MODE:
            raise CommandError("Demo staff are for local use only: DATABASE_URL is set, so none were made.")
        made = demo_staff.load(settings.DATA_DIR)
        path = settings.DATA_DIR / demo_staff.ACCOUNTS_FILE
        self.stdout.write(f"demo staff: {made} made, passwords in {path}")
