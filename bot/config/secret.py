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
ANEW = "If it is lost for good, bifocal new-secret says what it costs to begin anew."


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
                f"Without it nobody's answers can be found. {ANEW}"
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


def prepared_secret(path: Path) -> str:
    """Write a new secret beside the one in `path`, which stays; `take_prepared` puts it in its place."""
    new = _prepared(path)
    new.unlink(missing_ok=True)
    return _write_new(new)


def take_prepared(path: Path, *, begun_with: Callable[[], str | None]) -> bool:
    """Whether a prepared secret was put in its place: if the database was begun with it.

    So a kill leaves the old one or the new. The one that was there is kept under the name of its fingerprint.
    """
    new = _prepared(path)
    if not new.exists() or fingerprint(new.read_text().strip()) != begun_with():
        return False
    if path.exists():
        kept = path.with_name(f"{path.name}.{fingerprint(path.read_text(errors='replace').strip())}")
        kept.unlink(missing_ok=True)
        os.link(path, kept)
    new.replace(path)
    return True


def _prepared(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _write_new(path: Path) -> str:
    secret = secrets.token_hex(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(f"{secret}\n")
        file.flush()
        os.fsync(file.fileno())
    return secret


def _make(path: Path) -> bool:
    """Write a new secret; False when another process was first."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write_new(draft)
    try:
        os.link(draft, path)  # unlike a rename, it never takes the place of a file that is there
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
