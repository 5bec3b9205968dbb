"""`bifocal export FILE`: all rounds in a file, and the listed comments in one beside it."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.files.export_file import run_export
from jobs.files.import_answers import ImportRefused
from jobs.tables.table_file import plain_cell, read_table
from tests.bot.cli.files.test_import_command import YEAR, Importing, importing, rows
from tests.conftest import Company, Running, settings_for

__all__ = ["importing"]


async def test_all_rounds_and_comments(importing: Importing, tmp_path: Path) -> None:
    """In UTF-8 that Excel knows; comments are safe in it, and in no order of arrival."""
    texts = [f"=cmd {place}" for place in range(14)]
    lines = rows(*YEAR).splitlines()
    pairs = zip(lines[1:], texts, strict=False)
    written = [lines[0], *(line.replace(",,", f",{text},", 1) for line, text in pairs)]
    await importing.say("\n".join([*written, *lines[15:]]))
    settings, out = settings_for(importing.running.slack, tmp_path), tmp_path / "all.csv"
    await run_export(settings, out, comments=True, console=Console(file=StringIO()))
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    table = read_table(out.read_bytes())
    people = table.columns.index("people")
    assert [cells[people] for _, cells in table.rows] == ["14", "12", "13"]
    comments = read_table((tmp_path / "all-comments.csv").read_bytes())
    found = [cells[-1] for _, cells in comments.rows]
    assert all(text.startswith("'=") for text in found)
    assert sorted(map(plain_cell, found)) == sorted(texts)
    assert (tmp_path / "all-comments.csv").stat().st_mode & 0o077 == 0
    with pytest.raises(ImportRefused, match="there already"):
        await run_export(settings, out)
    out.unlink()
    with pytest.raises(ImportRefused, match="all-comments"):
        await run_export(settings, out, comments=True)
    assert not out.exists()


async def test_nothing_to_export(importing: Importing, tmp_path: Path) -> None:
    """One sentence, and no file."""
    with pytest.raises(ImportRefused, match="nothing to export"):
        await run_export(settings_for(importing.running.slack, tmp_path), tmp_path / "all.csv")
    assert not (tmp_path / "all.csv").exists()


async def test_comments_go_to_those_who_lead(
    importing: Importing,
    running: Running,
    company: Company,
) -> None:
    """In Slack a member gets the rounds alone; a lead the comments too, without a date, a score or an id."""
    await importing.say(rows(*YEAR, comment="Too slow"), lead=company.lead.id)
    files = running.slack.files.by_id
    await running.type(company.people[0], company.channel, "export")
    assert [one.name for one in files.values()] == ["rounds.csv"]
    await running.type(company.lead, company.channel, "export")
    assert [one.name for one in files.values()] == ["rounds.csv", "rounds.csv", "comments.csv"]
    comments = list(files.values())[-1].received or b""
    header, *lines = comments.decode("utf-8-sig").splitlines()
    assert header == "product,side,imported_from,tone,wish,topics,comment"
    assert len(lines) == 39
    assert set(lines) == {"Atlas,CX,Delighted,,,,Too slow"}


async def test_imported_comments_are_read_for_wishes(
    importing: Importing, running: Running, company: Company
) -> None:
    """As any other comment: the list and the file say which are wishes."""
    await importing.say(rows(*YEAR, comment="Please add a dark mode"), lead=company.lead.id)
    await running.settle()
    listed = await running.type(company.lead, company.channel, "comments wishes")
    assert listed
    assert "Atlas: 39 wishes, shuffled." in listed.text
    await running.type(company.lead, company.channel, "export")
    comments = list(running.slack.files.by_id.values())[-1].received or b""
    assert all(",yes," in line for line in comments.decode("utf-8-sig").splitlines()[1:])
