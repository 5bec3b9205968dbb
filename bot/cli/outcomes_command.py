"""`bifocal import-outcomes FILE`: keeps figures from elsewhere out of a CSV file."""

from datetime import datetime
from pathlib import Path

from rich.console import Console

from bot.config.settings import Settings
from jobs.messages.wording.voice import count
from jobs.outcomes.csv_format import InvalidFile
from jobs.outcomes.import_outcomes import import_outcomes
from storage.digests.outcomes import Change
from storage.schema.migrate import prepare
from storage.store import Store

LARGEST = 10_000_000  # bytes
MOST_TOLD = 20  # lines that are wrong


class FiguresRefused(Exception):
    """A file of which nothing was kept: one sentence for each thing that is wrong."""


async def import_file(
    settings: Settings, file: Path, *, now: datetime, console: Console | None = None
) -> None:
    """Keep the figures of a file, and say how many; raises FiguresRefused, and then nothing was kept."""
    console = console or Console()
    data = _read(file)
    await prepare(settings.database_url)
    store = await Store.open(settings.database_url, zone=settings.bifocal_timezone)
    try:
        done = await import_outcomes(store, data, now=now, zone=settings.bifocal_timezone)
    except InvalidFile as invalid:
        raise FiguresRefused(f"{invalid} Nothing was kept.") from None
    finally:
        await store.close()
    if done.refused:
        told = [f"Line {line}: {why}" if line else why for line, why in done.refused[:MOST_TOLD]]
        more = len(done.refused) - len(told)
        told += [f"{more:,} more lines are wrong."] if more else []
        told += ["Nothing was kept. Mend the file, then do this again."] if not done.changes else []
        raise FiguresRefused("\n".join(told))
    if not done.changes:
        raise FiguresRefused("The file has no figures below its first line, so nothing was kept.")
    new, corrected, same = (done.changes[each] for each in (Change.NEW, Change.CORRECTED, Change.SAME))
    stand = "They stand in the next digests." if new or corrected else "Nothing was changed."
    console.print(
        f"{count(new, 'figure')} new, {corrected:,} corrected, {same:,} were kept so before. {stand}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise FiguresRefused(f"{file} is larger than {LARGEST // 1_000_000} MB: split it.")
        return file.read_bytes()
    except OSError as error:
        raise FiguresRefused(f"{file} cannot be read ({type(error).__name__}). Nothing was kept.") from None
