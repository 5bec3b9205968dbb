"""What the commands for backup, restore and copy share: a copy is a SQLite file, whatever it is made of."""

from itertools import chain, count
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.config.secret import fingerprint
from bot.config.settings import Settings
from storage.engine.database import run_once
from storage.engine.trouble import Trouble, trouble_of
from storage.schema.migrate import NewerDatabase, at_head, fingerprint_in, is_from_before_rounds


class CopyRefused(Exception):
    """A backup, a restore or a move that cannot be: one sentence that says why and what to do."""


def address_of(file: Path) -> str:
    """The address of a SQLite file."""
    return URL.create("sqlite", database=str(file.absolute())).render_as_string()


def free_name(file: Path) -> Path:
    """A name that no file has yet: the one given, or with a number at its end."""
    numbered = (file.with_name(f"{file.stem}-{number}{file.suffix}") for number in count(2))
    return next(name for name in chain([file], numbered) if not name.exists())


def require_whole(url: str, name: str) -> None:
    """Raises CopyRefused for a database without all migrations of this version, NewerDatabase."""
    try:
        run_once(url, is_from_before_rounds)
        is_whole = run_once(url, at_head)
    except SQLAlchemyError as error:
        if trouble_of(error) is Trouble.DAMAGED:
            raise CopyRefused(
                f"{name} is damaged: put a backup in its place (bifocal restore FILE)."
            ) from None
        raise CopyRefused(
            f"{name} cannot be opened ({type(error).__name__}). Is the database there?"
        ) from None
    if not is_whole:
        raise CopyRefused(
            f"{name} is of another version of Bifocal: start this version on it once, then do this again."
        )


def require_own_secret(url: str, settings: Settings, name: str) -> None:
    """Raises CopyRefused for a database that was begun with another secret, or is none of ours."""
    try:
        is_ours = not run_once(url, is_from_before_rounds)
        found = fingerprint_in(url)
    except NewerDatabase:
        raise CopyRefused(
            f"{name} was made by a newer Bifocal: install that version, then do this again."
        ) from None
    except SQLAlchemyError:
        raise CopyRefused(f"{name} is no database of Bifocal, or it is damaged.") from None
    if found is None:
        raise CopyRefused(f"{name} is no database of Bifocal, or nothing was ever kept in it.")
    if not is_ours:
        raise CopyRefused(f"{name} is of a Bifocal from before rounds: run bifocal migrate on it first.")
    if found != fingerprint(settings.bifocal_secret):
        raise CopyRefused(
            f"{name} was begun with another secret: set BIFOCAL_SECRET to that one, or put the file "
            "bifocal.secret of then in its place. Without it nobody's answers can be found."
        )
