"""A file of each form: imported, exported, imported elsewhere and exported again, the figures are equal."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.files.export_file import run_export
from bot.cli.files.import_command import ImportOptions, run_import
from jobs.tables.table_file import read_table
from tests.conftest import Company, Running, settings_for
from tests.migrated import new_database

EXAMPLES = Path(__file__).parents[3] / "jobs" / "files" / "examples"
SAME_ROWS = sorted(path.name for path in EXAMPLES.iterdir())
OTHERWISE = {"channel", "imported_from"}


def made(folder: Path) -> Path:
    """A new folder."""
    folder.mkdir()
    return folder


async def imported(running: Running, folder: Path, file: Path, source: str) -> Path:
    """The export of a new database into which a file was imported."""
    new_database(made(folder) / "bifocal.db")
    settings, quiet = settings_for(running.slack, folder), Console(file=StringIO())
    options = ImportOptions(
        file=file,
        product="Atlas",
        instrument="nps",
        channel="C0ATLAS",
        source=source,
        columns=[],
        new_product=True,
        write=True,
    )
    await run_import(settings, options, quiet, clock=running.clock)
    out = folder / "rounds.csv"
    await run_export(settings, out, console=quiet)
    return out


def figures(file: Path) -> list[dict[str, str]]:
    """The rows of an export."""
    table = read_table(file.read_bytes())
    names = [name for name in table.columns if name not in OTHERWISE]
    return [{name: cells[table.columns.index(name)] for name in names} for _, cells in table.rows]


@pytest.mark.parametrize("name", SAME_ROWS)
async def test_every_form(running: Running, company: Company, tmp_path: Path, name: str) -> None:  # noqa: ARG001
    """All these files hold the same answers, so their figures are the same too."""
    first = await imported(running, tmp_path / "first", EXAMPLES / name, "Delighted")
    second = await imported(running, tmp_path / "second", first, "a file")
    assert figures(second) == figures(first)
    assert [(row["people"], row["score"], row["shared"]) for row in figures(first)] == [
        ("12", "25", ""),
        ("12", "25", "1=12"),
    ]
