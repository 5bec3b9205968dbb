"""Looks at the database: whether it is there, whole, of this version, private, and begun with this secret."""

import asyncio
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor.doctor_line import Finding, ok, unseen, wrong
from bot.config.file_rights import may_write
from bot.config.secret import SecretFileError, fingerprint, kept_secret
from bot.config.setting_types import database_file
from bot.config.settings import Settings, secret_file
from bot.health.readiness import LITTLE_ROOM
from bot.health.trouble_words import WORDS
from bot.start_checks import written_places
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.engine.database import MissingDriver, run_once
from storage.engine.database_file import free_bytes
from storage.engine.inspect_file import integrity_of
from storage.engine.trouble import Trouble, trouble_of
from storage.schema.migrate import NewerDatabase, at_head, fingerprint_in, heads, is_from_before_rounds

OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def look_at_database(settings: Settings) -> list[Finding]:
    """Every line about the database and its secret. The first says whether it can be worked with."""
    url = read_url(settings.database_url)
    if is_in_memory(url):
        return [wrong("database", "it is in memory, and lost at each end: set DATABASE_URL to a file")]
    if not is_postgres(url):
        file = database_file(url)
        if not file.exists():
            return [
                wrong(
                    "database",
                    f"there is no file {file}: bifocal run makes a new one; if there was one, see "
                    "that DATABASE_URL and this folder are the right ones",
                )
            ]
        if fault := await _fault_in(file):
            return [fault]
    version = await asyncio.to_thread(_version, settings.database_url)
    places = list(_places(settings))
    secret = await asyncio.to_thread(_secret, settings)
    return [version, *places, secret]


async def _fault_in(file: Path) -> Finding | None:
    try:
        found = await asyncio.to_thread(integrity_of, file)
    except OSError as error:
        return wrong("database", f"{file} cannot be read ({error}): let the user of this process read it")
    return None if found == "ok" else wrong("database", f"{WORDS[Trouble.DAMAGED]} ({found})")


def _version(database_url: str) -> Finding:
    try:
        if run_once(database_url, is_from_before_rounds):
            return wrong("database", "it is of an older Bifocal: stop every Bifocal and run bifocal migrate")
        if not run_once(database_url, at_head):
            return wrong(
                "database", "not all migrations are in it: start bifocal run once, which brings them"
            )
    except (NewerDatabase, MissingDriver) as error:
        return wrong("database", str(error))
    except SQLAlchemyError as error:
        return wrong("database", WORDS[trouble_of(error)])
    return ok("database", f"whole, of this version (migration {heads()[0]})")


def _places(settings: Settings) -> Iterator[Finding]:
    """Rights and room of what has to be written on this machine."""
    places = written_places(settings)
    if closed := [str(place) for place in places if not may_write(place)]:
        yield wrong(
            "rights", f"{' and '.join(closed)} cannot be written: let the user of the bot write there"
        )
    elif opened := [path for path in places if path.is_file() and path.stat().st_mode & OTHERS]:
        yield wrong("rights", f"others on this machine can read {opened[0]}: run chmod 600 {opened[0]}")
    else:
        yield ok("rights", "files and folders can be written, and are for their owner")
    free = min((room for place in places if (room := free_bytes(place)) is not None), default=None)
    if free is None:
        yield unseen("disk", "its folder cannot be looked at")
    elif free < LITTLE_ROOM:
        yield wrong("disk", f"{free // 1_000_000} MB are left: make room, or soon no answer can be kept")
    else:
        yield ok("disk", f"{free // 1_000_000:,} MB are left")


def _secret(settings: Settings) -> Finding:
    try:
        begun = fingerprint_in(settings.database_url)
    except SQLAlchemyError as error:
        return unseen("secret", WORDS[trouble_of(error)])
    secret = settings.bifocal_secret
    if not secret:
        path = secret_file(settings.database_url)
        if not path.exists():
            return wrong(
                "secret",
                f"{path} is missing: put your copy back, or nobody's answers can be found; if there is none "
                "left, bifocal new-secret begins anew",
            )
        try:
            secret, _ = kept_secret(path)
        except SecretFileError as error:
            return wrong("secret", str(error))
    if begun is None:
        return ok("secret", "set; nothing was kept under it yet")
    if fingerprint(secret) != begun:
        return wrong(
            "secret",
            "BIFOCAL_SECRET is not the one that this database was begun with: set the first one again, or "
            "nobody's answers can be found",
        )
    return ok("secret", "the one that this database was begun with")
