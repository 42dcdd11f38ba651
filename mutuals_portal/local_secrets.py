"""Secrets of local use, made once and kept in DATA_DIR where only their owner can read them."""

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The key that signs sessions and links, the same at every start and in every process."""
    path = data_dir / "secret-key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(64))
    return path.read_text()


def _write_once(path: Path, secret: str) -> None:
    """Write the whole file or nothing. Of two processes at once one wins and both read the winner's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # made with mode 0600
    try:
        with os.fdopen(handle, "w") as lines:
            lines.write(secret)
            lines.flush()
            os.fsync(lines.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
