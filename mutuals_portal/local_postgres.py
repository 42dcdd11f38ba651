"""PostgreSQL from the pip wheel, for local use when DATABASE_URL is unset."""

from pathlib import Path


def database_settings(data_dir: Path) -> dict:
    return {"ENGINE": "django.db.backends.postgresql", "NAME": "portal", "HOST": str(data_dir / "postgres")}
