"""`bifocal new-secret`: begins anew with another secret, when the old one is lost or others know it."""

import asyncio
from pathlib import Path

import typer
from rich.console import Console
from sqlalchemy import URL

from bot.cli.database.database_copies import CopyRefused
from bot.cli.run import utc_now
from bot.config.secret import fingerprint, prepared_secret, take_prepared
from bot.config.setting_types import database_file
from bot.config.settings import Settings, secret_file
from bot.start_checks import outside_of
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.engine.backup import check_alone
from storage.restores.new_secrets import NewSecrets, WhatGoes
from storage.schema.migrate import fingerprint_in, prepare
from storage.store import Store

WORD = "erase"
_NOTHING_TO_DO = (
    "The database was begun with this BIFOCAL_SECRET: set it to a new one, such as openssl rand -hex 32 "
    "prints, and run bifocal new-secret again. Keep the old one with the backups that it belongs to."
)


def begin_anew(settings: Settings, *, sure: bool, console: Console | None = None) -> None:
    """Say what a new secret erases and, once that is confirmed, erase it and begin with that secret.

    It is BIFOCAL_SECRET where that is set, else a new one in the file beside the database. A kill leaves all
    as it was, or all done. Raises CopyRefused, InUse, and what a start raises.
    """
    console = console or Console()
    url, given = read_url(settings.database_url), settings.bifocal_secret
    begun = _begun_with(url, settings.database_url)
    if given and fingerprint(given) == begun:
        raise CopyRefused(_NOTHING_TO_DO)
    path = secret_file(settings.database_url)
    if given or not take_prepared(path, begun_with=lambda: begun):  # of a start that a kill has cut off
        if not is_postgres(url):
            check_alone(url)
        asyncio.run(prepare(settings.database_url))
        for line in _lines(asyncio.run(_what_goes(settings))):
            _say(console, line)
        if not sure and typer.prompt(f"Type {WORD} to go on", default="", show_default=False) != WORD:
            raise CopyRefused("Nothing was changed.")
        if not is_postgres(url):
            check_alone(url)  # once more: somebody may have started it meanwhile
        new = fingerprint(given or _prepared(path))
        asyncio.run(_begin(settings, new))
        if not given:
            take_prepared(path, begun_with=lambda: new)
    where = "BIFOCAL_SECRET" if given else f"the secret in {path}; one that was there is kept beside it"
    _say(console, f"The database begins anew with {where}. Back it up, apart from the database.")


def _begun_with(url: URL, database_url: str) -> str:
    if is_in_memory(url):
        raise CopyRefused("DATABASE_URL is a database in memory, which has a new secret with each start.")
    found = None
    if is_postgres(url) or database_file(url).exists():
        found = fingerprint_in(database_url)
    if found is None:
        raise CopyRefused("Nothing was ever kept in the database of DATABASE_URL: bifocal run begins it.")
    return found


async def _what_goes(settings: Settings) -> WhatGoes:
    store = await Store.open(settings.database_url)
    try:
        return await NewSecrets(store.database).what_goes(outside_of(settings))
    finally:
        await store.close()


async def _begin(settings: Settings, new: str) -> None:
    store = await Store.open(settings.database_url)
    try:
        await NewSecrets(store.database).begin(new, outside_of(settings), now=utc_now())
    finally:
        await store.close()


def _prepared(path: Path) -> str:
    try:
        return prepared_secret(path)
    except OSError as error:
        raise CopyRefused(
            f"{path}.new cannot be made ({type(error).__name__}): let this process write to its folder."
        ) from error


def _lines(goes: WhatGoes) -> list[str]:
    """What is erased, what stays and what follows, a line each."""
    names = ""
    if goes.names:
        names = " Those with names go too: nobody could tell who was forgotten since this copy."
    follows = "Nothing is counted for four weeks, and nobody is reminded for two."
    if goes.stopped:
        follows += (
            f" Who wants no reminders ({goes.stopped:,}) is not known any more: from now on only those are "
            "reminded who ask for it (/pulse unmute)."
        )
    stays = (
        f"{goes.rounds:,} counted scores and words, counts of tones and topics, what was counted with names"
    )
    return [
        "Without the old secret nothing that is kept of a person can be found again. Erased are:",
        f"- answers that are open or wait to be counted: {goes.answers:,}, of {goes.questions:,} questions",
        f"- comments: {goes.comments:,}, since nobody could have their own erased any more.{names}",
        f"- saved messages: {goes.saved:,}, and which ones their authors removed: those can be saved again",
        f"- who took part in a count: {goes.marks:,}",
        f"- what people said of how they know a product: {goes.roles:,}",
        "- who was reminded when",
        f"What stays: {stays}, digests, schedules, leads.",
        f"{follows} The next question in each channel says so.",
    ]


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
