"""The key by which codes are made from Slack ids: kept beside a SQLite database if the operator has none."""

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

OWNER_ONLY = 0o600
SHORTEST = 16  # characters


class SecretFileError(Exception):
    """A kept secret that cannot be made, read or trusted; the message says in one sentence what to do."""


def fingerprint(secret: str) -> str:
    """16 hex digits by which a database knows its secret again, and from which nobody can work it out."""
    return hmac.new(secret.encode(), b"bifocal secret fingerprint", hashlib.sha256).hexdigest()[:16]


def kept_secret(path: Path, *, of_database: Callable[[], Path | None] = lambda: None) -> tuple[str, bool]:
    """The secret in the file `path`, and whether it was made just now; raises SecretFileError.

    It is asked only where there is no such file: `of_database` is the database that was begun with the
    secret that was there, and that no new one would fit. Of two processes that start at once, one makes it
    and both read the same: the file appears whole.
    """
    try:
        if not path.exists() and (begun := of_database()):
            raise SecretFileError(
                f"{path} is missing, and {begun} was begun with the secret in it: put your copy back. "
                "Without it nobody's answers can be found."
            )
        made = not path.exists() and _make(path)
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & ~OWNER_ONLY:
            raise SecretFileError(f"{path} can be read by others: run chmod 600 {path}, then start again.")
        secret = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretFileError(
            f"{path} cannot be made or read ({type(error).__name__}): let this process write to its folder, "
            "or set BIFOCAL_SECRET, such as openssl rand -hex 32 prints."
        ) from error
    if len(secret) < SHORTEST:
        raise SecretFileError(f"{path} is damaged: put your copy back, or nobody's answers can be found.")
    return secret, made


def _make(path: Path) -> bool:
    """Write a new secret; False when another process was first."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(f"{secrets.token_hex(32)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename, it never takes the place of a file that is there
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
