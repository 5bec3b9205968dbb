"""`bifocal import FILE`: says what a file of answers would become, and with --write keeps it."""

import re
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.app import Bifocal, build
from bot.cli.files.import_report import report_of, write_report
from bot.cli.run import utc_now
from bot.config.settings import Settings
from handlers.payloads import Clock
from handlers.syntax.product_name import InvalidName, read_product, read_subject
from jobs.files.file_dates import UnclearDates
from jobs.files.import_answers import (
    ImportedQuestion,
    ImportRefused,
    keep_import,
    plan_import,
)
from jobs.files.import_rounds import plan_rounds
from jobs.files.rated_rows import Wanted, find_columns, read_map, read_rows
from jobs.files.round_file import has_rounds
from jobs.instruments import INSTRUMENTS, Instrument, find
from jobs.permissions.near_names import near_names
from jobs.slack.directory import SlackUnavailable
from jobs.tables.table_file import TextTable, UnreadableFile, read_table
from storage.engine.repository import new_id
from storage.records import Lens, Product
from storage.records.name_folding import fold

_SOURCE = re.compile(r"[\w][\w .-]{0,39}")
_MOST_BYTES = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What was typed behind `bifocal import`; empty where it was left out."""

    file: Path | None
    product: str
    instrument: str
    channel: str
    source: str = "a file"
    columns: list[str]
    lead: str = ""
    side: str | None = None
    subject: str = ""
    day_first: bool | None = None
    encoding: str | None = None
    new_product: bool = False
    report: Path | None = None
    write: bool = False


async def run_import(
    settings: Settings, options: ImportOptions, console: Console | None = None, *, clock: Clock = utc_now
) -> None:
    """Say what a file would become, and keep it where that is wanted. Raises ImportRefused."""
    console = console or Console()
    try:
        table = _read(options)
        bot = await build(settings, clock=clock)
        try:
            await _import(bot, options, table, console)
        finally:
            await bot.close()
    except (UnreadableFile, UnclearDates) as error:
        raise ImportRefused(str(error)) from None
    except SlackUnavailable as error:
        raise ImportRefused(f"Slack does not answer ({error}): try again in a while.") from None


async def undo_import(
    settings: Settings, number: int, console: Console | None = None, *, clock: Clock = utc_now
) -> None:
    """Take back all of an import, as a takedown in Slack does. Raises ImportRefused for another number."""
    console = console or Console()
    bot = await build(settings, clock=clock)
    try:
        team_id = await _team(bot)
        waves = await bot.store.imported.waves_of(team_id, number)
        if not waves:
            raise ImportRefused(f"No import has the number {number}, or it was taken back before.")
        await bot.store.erasure.take_down(team_id, waves[0], at=clock())
        console.print(f"Import {number} is taken back: its rounds and comments are in no figure and no list.")
    finally:
        await bot.close()


def _read(options: ImportOptions) -> TextTable:
    for name in ("file", "product", "instrument", "channel"):
        if not getattr(options, name):
            raise ImportRefused(
                "Say it as: bifocal import FILE --product Atlas --instrument nps --channel C0123456789. "
                f"The {name} is missing."
            )
    file = options.file
    if file is None or not file.is_file():
        raise ImportRefused(f"There is no file {file}.")
    if file.stat().st_size > _MOST_BYTES:
        raise ImportRefused(f"{file} is larger than 500 MB: divide it by years, and import the oldest first.")
    if options.report and options.report.exists():  # seen before anything is kept
        raise ImportRefused(f"{options.report} is there already: name a new file for --report.")
    _check_names(options)
    if not _SOURCE.fullmatch(options.source):
        raise ImportRefused("--source takes up to 40 letters, digits, spaces, dots and hyphens.")
    return read_table(file.read_bytes(), encoding=options.encoding)


def _check_names(options: ImportOptions) -> None:
    """What is made or said anew is a name as it may be typed in Slack."""
    try:
        if options.new_product:
            read_product(options.product)
        if options.subject:
            read_subject(options.subject)
    except InvalidName as invalid:
        raise ImportRefused(str(invalid)) from None


async def _import(bot: Bifocal, options: ImportOptions, table: TextTable, console: Console) -> None:
    instrument = _instrument(options.instrument, rounds=has_rounds(table))
    columns = {} if has_rounds(table) else find_columns(table, read_map(options.columns))
    team_id = await _team(bot)
    await _check_channel(bot, team_id, options.channel)
    asked_by = await _name_of_lead(bot, team_id, options.lead)
    found = await _product(bot, team_id, options)
    product = found or Product(team_id=team_id, id=new_id(), name=options.product.strip())
    of = ImportedQuestion(
        product=product,
        instrument=instrument,
        lens=Lens(options.side.upper()) if options.side else instrument.lens,
        subject=options.subject or product.name,
        channel_id=options.channel,
        source=options.source,
        leads=(options.lead,) if options.lead else (),
        asked_by=asked_by,
        new_product=found is None,
    )
    wanted = Wanted(
        instrument=instrument,
        product_names=frozenset({fold(product.name), fold(options.product)}),
        now=bot.context.clock(),
        day_first=options.day_first,
    )
    counting = bot.context.counting
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Rows", total=len(table.rows))
        known, now = bot.context.respondents, bot.context.clock()
        if columns:
            rows = read_rows(table, columns, wanted, advance=lambda n: progress.advance(bar, n))
            plan = await plan_import(bot.store, known, of, rows, counting, now=now)
        else:
            plan, rows = await plan_rounds(bot.store, known, of, table, counting, now=now)
        kept = None
        if options.write and plan.rounds:
            kept = await keep_import(bot.store, plan, promise=counting.k, now=bot.context.clock())
    if options.report:
        write_report(options.report, rows, plan)
    for line in report_of(table, columns, rows, plan, kept.number if kept else None):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


async def _team(bot: Bifocal) -> str:
    return str((await bot.client.auth_test())["team_id"])


def _instrument(name: str, *, rounds: bool) -> Instrument:
    found = find(name)
    if found is None or (found.has_form and not rounds):
        known = ", ".join(key for key, each in INSTRUMENTS.items() if not each.has_form)
        why = "has several statements, of which a row has one score" if found else "is not known"
        raise ImportRefused(f"--instrument {name} {why}: say one of {known}.")
    return found


async def _check_channel(bot: Bifocal, team_id: str, channel_id: str) -> None:
    channel = await bot.context.directory.channel(team_id, channel_id)
    if channel is None:
        raise ImportRefused(
            f"There is no channel {channel_id} that Bifocal can see: its id stands at the end of its link; "
            "invite Bifocal there first."
        )


async def _name_of_lead(bot: Bifocal, team_id: str, user_id: str) -> str:
    """The name of who leads it; where nobody is named, what stands in its place."""
    if not user_id:
        return "whoever runs Bifocal"
    if not await bot.context.directory.is_full_member(team_id, user_id):
        raise ImportRefused(f"{user_id} is no full member of this workspace: name somebody who is one.")
    return (await bot.context.directory.person(team_id, user_id)).name


async def _product(bot: Bifocal, team_id: str, options: ImportOptions) -> Product | None:
    """The product that was named; None for a new one, which is made with what is kept of the file."""
    found = await bot.store.products.find(team_id, options.product)
    if found or options.new_product:
        return found
    near = near_names(options.product, [each.name for each in await bot.store.products.everywhere(team_id)])
    hint = f"Did you mean {near[0]}? " if near else ""
    raise ImportRefused(
        f"There is no product {options.product}. {hint}To make it, say --new-product as well."
    )
