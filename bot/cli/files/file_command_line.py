"""The commands that take in files of other services and give out files of rounds."""

# ruff: noqa: PLC0415 - each command imports what it needs when it runs, as in bot.cli.command_line

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer

files = typer.Typer()


@files.command("import")
def import_(
    file: Annotated[Path | None, typer.Argument(help="CSV, or JSON lines.")] = None,
    *,
    product: Annotated[str, typer.Option(help="What the answers are about.")] = "",
    instrument: Annotated[str, typer.Option(help="nps, csat, ces or seq.")] = "",
    channel: Annotated[str, typer.Option(help="The id of the channel whose people see the figures.")] = "",
    source: Annotated[str, typer.Option(help="Where they come from, beside each figure.")] = "a file",
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="score=nps_score,comment=Text,date=Created")
    ] = None,
    lead: Annotated[str, typer.Option(help="The Slack id of who leads it; else workspace admins.")] = "",
    side: Annotated[Literal["cx", "ux"] | None, typer.Option(help="Another side than usual.")] = None,
    subject: Annotated[str, typer.Option(help="If not the product itself was asked about.")] = "",
    dates: Annotated[Literal["day-first", "month-first"] | None, typer.Option(help="What 03/04 is.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of the file, where it is not found.")] = None,
    new_product: Annotated[bool, typer.Option("--new-product", help="Make the product.")] = False,
    report: Annotated[Path | None, typer.Option(help="A new file with each row that does not count.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Keep it; without this nothing is kept.")] = False,
    undo: Annotated[int | None, typer.Option(help="Take back the import with this number.")] = None,
) -> None:
    """Count the answers of a file from another service; without --write it says what it would do."""
    from bot.cli.files.import_command import ImportOptions, run_import, undo_import
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        if undo is not None:
            asyncio.run(undo_import(Settings.load_begun(), undo))
            return
        options = ImportOptions(
            file=file,
            product=product,
            instrument=instrument,
            channel=channel,
            source=source,
            columns=columns or [],
            lead=lead,
            side=side,
            subject=subject,
            day_first=None if dates is None else dates == "day-first",
            encoding=encoding,
            new_product=new_product,
            report=report,
            write=write,
        )
        asyncio.run(run_import(Settings.load_begun(), options))


@files.command()
def export(
    file: Annotated[Path, typer.Argument(help="A new file; JSON lines where it ends with .jsonl.")],
    *,
    comments: Annotated[
        bool, typer.Option("--comments", help="The listed comments too, in a file beside it.")
    ] = False,
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help="Figures from elsewhere too, as import-outcomes reads them.")
    ] = False,
) -> None:
    """Write all rounds to a file; docs/export.md says what each column is."""
    from bot.cli.files.export_file import run_export
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(run_export(Settings.load_begun(), file, comments=comments, outcomes=outcomes))
