"""`bifocal migrate`: brings a database up to date; what older versions counted is counted by rounds.

First it writes a checked copy beside the database, since there is no way back.
"""

import asyncio
from datetime import date
from glob import escape
from itertools import chain, count
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import URL
from sqlalchemy.exc import OperationalError

from bot.cli.run import utc_now
from bot.config.setting_types import database_file
from bot.config.settings import Settings
from jobs.pulses.count_old_waves import count_old_waves
from storage.answers.old_waves import Rebuilt
from storage.engine.address import read_url
from storage.engine.backup import check_alone, checked_copy, without_traces
from storage.schema.migrate import OldDatabase, finish, has_rounds, prepare, upgrade
from storage.store import Store

_COPY = ".before-rounds-"


class MigrationStopped(Exception):
    """The migration could not go on; it can be begun again, and nothing is lost."""


async def migrate_database(settings: Settings, console: Console | None = None) -> None:
    """Bring the database up to date, whatever its version; it can be stopped at any time and run again.

    Raises InUse, BadCopy, NewerDatabase and MigrationStopped.
    """
    console = console or Console()
    try:
        await prepare(settings.database_url)
    except OldDatabase:
        try:
            await _migrate(settings, console)
        except (OperationalError, OSError) as error:
            raise MigrationStopped(
                f"The migration has stopped ({type(error).__name__}): see that nothing else uses the "
                "database and that the disk has room, then run bifocal migrate again. Nothing is lost."
            ) from error
    console.print("The database is up to date.")


async def _migrate(settings: Settings, console: Console) -> None:
    url = read_url(settings.database_url)
    await asyncio.to_thread(check_alone, url)
    await _keep_copy(settings, console)
    await upgrade(settings.database_url)
    rebuilt = await _count(settings, console)
    await asyncio.to_thread(without_traces, url)
    await finish(settings.database_url)
    _say(
        console,
        f"{rebuilt.waves} waves that were counted before are counted by rounds now: {rebuilt.rounds} rounds. "
        "What has too few answers for one waits for more.",
    )
    if rebuilt.erased:
        _say(console, f"{rebuilt.erased} waves had waited for more than 26 weeks; their answers are erased.")
    for copy in _copies(url):
        _say(console, f"{copy} still holds who answered what. Delete it once all is well.")


async def _keep_copy(settings: Settings, console: Console) -> None:
    """A checked copy of the database as it was; of one whose migration was begun there is one already."""
    url = read_url(settings.database_url)
    if _copies(url) and await has_rounds(settings.database_url):
        return
    copy = _free_name(url, utc_now().date())
    _say(console, f"Writing a copy of the database to {copy} ...")
    await asyncio.to_thread(checked_copy, url, copy)
    _say(console, "The copy is whole. It holds who answered what, as the database did until now.")


async def _count(settings: Settings, console: Console) -> Rebuilt:
    store = await Store.open(settings.database_url)
    try:
        with Progress(console=console) as progress:
            bar = progress.add_task("Waves", total=await store.old_waves.left())
            return await count_old_waves(
                store,
                now=utc_now(),
                k=settings.bifocal_min_group,
                weeks=settings.bifocal_round_weeks,
                advance=lambda count: progress.advance(bar, count),
            )
    finally:
        await store.close()


def _copies(url: URL) -> list[Path]:
    """The copies that were written before a migration."""
    path = database_file(url)
    return sorted(path.parent.glob(f"{escape(path.stem)}{_COPY}*{escape(path.suffix)}"))


def _free_name(url: URL, today: date) -> Path:
    path = database_file(url)
    for ending in chain([""], (f"-{number}" for number in count(2))):
        name = path.with_name(f"{path.stem}{_COPY}{today}{ending}{path.suffix}")
        if not name.exists():
            break
    return name


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
