"""How a start ends that cannot go on: one sentence, no trace."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.cli.database.database_copies import CopyRefused
from bot.cli.database.migrate_command import MigrationStopped
from bot.cli.outbox.outbox_command import OutboxRefused
from bot.cli.outcomes_command import FiguresRefused
from bot.config.setting_types import SettingsError
from bot.connection.http_server import AddressTaken
from bot.connection.slack_contact import SlackAway, WrongToken
from bot.connection.socket_mode import WrongAppToken
from bot.health.trouble_words import WORDS
from bot.manifest import BadAddress
from bot.start_checks import WrongSecret
from jobs.classification.accurate import AccurateModelError
from jobs.files.import_answers import ImportRefused
from storage.engine.backup import BadCopy, InUse
from storage.engine.database import MissingDriver, is_locked
from storage.engine.trouble import Trouble, trouble_of
from storage.schema.migrate import NewerDatabase, OldDatabase

SENTENCES = (
    AccurateModelError,
    SettingsError,
    BadAddress,
    WrongSecret,
    WrongToken,
    SlackAway,
    WrongAppToken,
    AddressTaken,
    MissingDriver,
    OldDatabase,
    NewerDatabase,
    InUse,
    BadCopy,
    MigrationStopped,
    CopyRefused,
    OutboxRefused,
    ImportRefused,
    FiguresRefused,
)


@contextmanager
def ended_by_sentence() -> Iterator[None]:
    """Ends the process with status 1 and a sentence that says what cannot be and what would."""
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # a line that cannot be read has our sentence
    try:
        yield
    except SENTENCES as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except SQLAlchemyError as error:
        typer.echo(_why(error), err=True)
        raise typer.Exit(1) from None


def _why(error: SQLAlchemyError) -> str:
    if isinstance(error, DBAPIError) and is_locked(error):
        return "Another program holds the database of DATABASE_URL: end it, then start again."
    if (trouble := trouble_of(error)) is not Trouble.AWAY:
        words = WORDS[trouble]
        return f"{words[:1].upper()}{words[1:]}."
    return f"DATABASE_URL cannot be opened ({type(error).__name__}). Is the database there?"
