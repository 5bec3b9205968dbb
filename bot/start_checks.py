"""What is asked of the database at the start: is the secret its own, was it put back from a copy?

A start is in no hurry: where others write all the time, it waits for its turn longer than a click may.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from bot.config.kept_outside import KeptOutside
from bot.config.secret import ANEW, fingerprint
from bot.config.setting_types import SettingsError, database_file
from bot.config.settings import Settings
from jobs.answers.respondent_key import Respondents
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.engine.backup import InUse
from storage.engine.database import is_locked
from storage.store import Store

T = TypeVar("T")
TRIES = 15  # each waits for two seconds
LOG = logging.getLogger(__name__)
_ELSEWHERE = (
    "BIFOCAL_FOLDER does not hold the bifocal.run of this database, with which another Bifocal is at work: "
    "set it to the folder that all processes share. If the database was put back from a copy, stop every "
    "Bifocal first."
)


class WrongSecret(Exception):
    """Another secret than the one under which the answers in this database were kept."""


async def check_secret(store: Store, settings: Settings) -> None:
    """Raises WrongSecret where the database was begun with another secret; the store is closed then."""
    own = fingerprint(settings.bifocal_secret)
    if not await _in_turn(lambda: store.keep_fingerprint(own)):
        await store.close()
        raise WrongSecret(
            "BIFOCAL_SECRET is not the one that this database was begun with. "
            f"Set the first one again, or nobody's answers can be found. {ANEW}"
        )


def outside_of(settings: Settings) -> KeptOutside:
    """The files outside of the database by which a copy is known: beside a file, or in BIFOCAL_FOLDER."""
    url, folder = read_url(settings.database_url), (settings.bifocal_folder or Path()).absolute()
    return KeptOutside(folder / "bifocal.db" if is_postgres(url) else database_file(url))


def written_places(settings: Settings) -> list[Path]:
    """What has to be writable on this machine: a database file and its folder, or BIFOCAL_FOLDER."""
    url = read_url(settings.database_url)
    if is_in_memory(url):
        return []
    file = database_file(url)
    return [settings.bifocal_folder or file.parent] if is_postgres(url) else [file, file.parent]


async def check_for_restore(store: Store, settings: Settings, now: datetime) -> None:
    """Make a database safe that was put back from a copy, and say so; one in memory never was.

    Raises SettingsError where the files beside it cannot be used, or are not its own.
    """
    url = read_url(settings.database_url)
    if is_in_memory(url):
        return
    outside, key_of = outside_of(settings), Respondents(settings.bifocal_secret).confidential
    try:
        restored = await _in_turn(lambda: store.restores.check(outside, now=now, key_of=key_of))
    except SettingsError:
        await store.close()
        raise
    except InUse:
        await store.close()
        raise SettingsError(_ELSEWHERE) from None
    if store.restores.is_missed:
        LOG.warning(
            "The database is empty, though bifocal.run tells of one that was there before. If you miss it, "
            "stop Bifocal, put the file or a backup back (bifocal restore FILE), and start again."
        )
    if restored:
        LOG.warning(
            "This database was put back from a copy, or moved without its .run file: %s questions that "
            "were open or waiting lost their answers, nothing is counted for four weeks, and %s later "
            "erasures were done again.",
            restored.waves,
            restored.erasures,
        )


async def _in_turn(work: Callable[[], Awaitable[T]]) -> T:
    for _ in range(TRIES - 1):
        try:
            return await work()
        except DBAPIError as error:
            if not is_locked(error):
                raise
    return await work()
