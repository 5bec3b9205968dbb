"""`bifocal import FILE`: answers of other services become rounds by month; one takedown takes all back."""

import asyncio
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.command_line import app
from bot.cli.files.import_command import ImportOptions, run_import, undo_import
from jobs.files.import_answers import ImportRefused
from storage.records import Round
from tests.conftest import Company, Running, settings_for

YEAR = (("2025-11", 14), ("2025-12", 12), ("2026-01", 13))


def rows(*months: tuple[str, int], people: bool = True, comment: str = "") -> str:
    """A CSV file with so many answers in each month, of the same people each time, half of them 9, half 6."""
    lines = ["id,email,score,comment,created_at"]
    for month, count in months:
        for number in range(count):
            person = f"p{number}@example.com" if people else ""
            score = 9 if number % 2 else 6
            lines.append(f"row{month}-{number},{person},{score},{comment},{month}-{number % 28 + 1:02d}")
    return "\n".join(lines)


class Importing:
    """A file beside the running bot, and what the command says of it."""

    def __init__(self, running: Running, folder: Path) -> None:
        self.running, self.folder = running, folder
        self.settings = settings_for(running.slack, folder)

    async def say(self, content: str | bytes, *, write: bool = True, **options: Any) -> str:
        """Imports NPS about Atlas for the channel #atlas; what the command prints."""
        file = self.folder / "answers.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        told = StringIO()
        given: Mapping[str, Any] = {
            "file": file,
            "product": "Atlas",
            "instrument": "nps",
            "channel": "C0ATLAS",
            "source": "Delighted",
            "columns": [],
            "write": write,
        }
        await run_import(
            self.settings,
            ImportOptions(**{**given, **options}),
            Console(file=told, width=200),
            clock=self.running.clock,
        )
        return told.getvalue()

    async def undo(self, number: int) -> None:
        """Takes an import back."""
        await undo_import(self.settings, number, Console(file=StringIO()), clock=self.running.clock)

    async def rounds(self) -> list[Round]:
        """All rounds, oldest first, withdrawn ones too."""
        store = self.running.bot.store
        ids = [each.round.id for each in await store.imported.counted("T0SANDBOX", "nps")]
        found = [await store.rounds.find("T0SANDBOX", id_) for id_ in ids]
        return [one for one in found if one]


@pytest.fixture
def importing(running: Running, company: Company, tmp_path: Path) -> Importing:  # noqa: ARG001 - its channel
    """A way to import beside a company's bot."""
    return Importing(running, tmp_path)


async def test_a_month_is_a_round(importing: Importing, running: Running, company: Company) -> None:
    """Each month with ten people is a round; fewer join the next; the figure says where it comes from."""
    told = await importing.say(rows(("2026-01", 14), ("2026-02", 4), ("2026-03", 12), ("2026-04", 3)))
    assert "26 answers count, in 2 rounds, from January 2026 to March 2026" in told
    assert "2026: Jan 14, Mar 12" in told
    assert "3 do not count: too few answers so far" in told
    for words in ("score nps", "trend nps", "contrast", "why nps"):
        seen = await running.type(company.people[0], company.channel, words)
        assert seen
        assert "imported from Delighted" in str(seen.blocks), words
        assert not re.search("asked in <|Closed ", seen.text), "nothing was asked here"


async def test_when_it_was_answered_is_said(importing: Importing, running: Running, company: Company) -> None:
    """With the year, since files are old; it was asked in no channel."""
    await importing.say(rows(("2024-03", 12)))
    seen = await running.type(company.people[0], company.channel, "score nps")
    assert seen
    assert ". 1 March 2024 to 31 March 2024. " in seen.text


async def test_dry_run_keeps_nothing(importing: Importing) -> None:
    """Without --write a file is only read."""
    told = await importing.say(rows(("2026-01", 14)), write=False)
    assert "14 answers count" in told
    assert "Nothing is kept yet" in told
    assert not await importing.rounds()
    assert await importing.running.bot.store.pulses.numbered("T0SANDBOX", 1) is None


async def test_what_cannot_be_counted_leaves_nothing(importing: Importing) -> None:
    """No product is made, and no number is used up: the next import has the first one."""
    told = await importing.say(rows(("2026-01", 3)), product="Zephyr", new_product=True)
    assert "Nothing of it can be counted" in told
    assert await importing.running.bot.store.products.find("T0SANDBOX", "Zephyr") is None
    told = await importing.say(rows(("2026-01", 14)), product="Zephyr", new_product=True)
    assert "Kept as question 1." in told
    assert await importing.running.bot.store.products.find("T0SANDBOX", "zephyr")


async def test_it_is_called_imported_everywhere(
    importing: Importing, running: Running, company: Company
) -> None:
    """It was never asked, so no list and no trend calls it a question that was closed."""
    await importing.say(rows(*YEAR))
    listed = await running.type(company.lead, company.channel, "list")
    assert listed
    assert "1 question was imported." in listed.text
    assert "one-off" not in listed.text
    trend = await running.type(company.lead, company.channel, "trend nps")
    assert trend
    assert "A round is a month or more of imported answers with 10 people or more." in trend.text
    assert "closed question" not in trend.text


@pytest.mark.parametrize("undone", [True, False])
@pytest.mark.parametrize("ids", [True, False])
async def test_all_but_one_row_about_another_product_is_not_counted(
    importing: Importing,
    undone: bool,  # noqa: FBT001
    ids: bool,  # noqa: FBT001
) -> None:
    """Planted in the wrong product, taken back or not, then one row less: the two figures would tell it."""
    lines = rows(*YEAR).splitlines()
    if not ids:
        lines = [line.partition(",")[2] for line in lines]
    await importing.say("\n".join(lines))
    if undone:
        await importing.undo(1)
    without = [line for line in lines if "2025-12-05" not in line]
    told = await importing.say("\n".join(without), product="Beacon")
    assert ("27 answers count, in 2 rounds" in told) is undone, "the other months are the very same"
    assert f"{11 if undone else 38} do not count: all or nearly all of its rows were counted" in told
    changed = [line.replace(",9,,2026-01-02", ",0,,2026-01-02") for line in lines]
    assert changed != lines
    told = await importing.say("\n".join(changed), product="Borea")
    assert f"{27 if undone else 39} do not count: all or nearly all of its rows were counted" in told


async def test_another_file_of_the_same_days_is_counted(importing: Importing) -> None:
    """Rows that say nothing but score and day are not taken for those of another product's file."""
    for product, scores in (("Atlas", "9976543210987"), ("Beacon", "0123456789108")):
        lines = [f"{score},2026-01-{31 if place % 2 else 15}" for place, score in enumerate(scores)]
        told = await importing.say("\n".join(["score,date", *lines]), product=product)
        assert "13 answers count" in told


async def test_people_two_rounds_share(importing: Importing) -> None:
    """Where the file says who answered it is counted, rounded up to 5; else it is taken at its worst."""
    await importing.say(rows(*YEAR))
    first, second, third = await importing.rounds()
    assert second.shared == {first.id: 12}
    assert third.shared == {first.id: 13, second.id: 12}
    await importing.undo(1)
    await importing.say(rows(("2024-01", 14), ("2024-02", 11), people=False))
    *_, first, second = sorted(await importing.rounds(), key=lambda one: not one.withdrawn)
    assert {first.id: 11} == second.shared or {second.id: 11} == first.shared


async def test_nothing_counts_twice(importing: Importing) -> None:
    """The same file again, and a longer one, add only what is new; new rows of old months do not count."""
    await importing.say(rows(*YEAR))
    assert "Nothing of it can be counted" in await importing.say(rows(*YEAR), source="Another")
    longer = rows(("2025-11", 15), *YEAR[1:], ("2026-02", 11))
    told = await importing.say(longer)
    assert "11 answers count, in 1 round" in told
    assert "40 do not count: its month was counted before" in told
    assert [one.n for one in await importing.rounds()] == [14, 12, 13, 11]


async def test_one_takedown_takes_all_back(importing: Importing, running: Running, company: Company) -> None:
    """/pulse takedown of its number withdraws every round and comment; only the same rows come again."""
    await importing.say(rows(*YEAR, comment="Too slow"), lead="U0LEAD")
    seen = await running.type(company.lead, company.channel, "comments")
    assert seen
    assert "Too slow" in str(seen.blocks)
    assert "Some of these are imported from Delighted." in seen.text
    other = await running.type(company.people[0], company.channel, "comments")
    assert other
    assert "Priya Nair" in other.text
    asked = await running.type(company.lead, company.channel, "takedown 1")
    assert asked
    assert "All rounds that came with it are withdrawn" in asked.text
    await running.slack.click(company.lead, asked, "take_down")
    await running.settle()
    assert "All rounds that came" in running.slack.ephemerals(company.lead, company.channel)[-1].text
    assert [one.withdrawn for one in await importing.rounds()] == [True] * 3
    gone = await running.type(company.lead, company.channel, "comments")
    assert gone
    assert "Too slow" not in str(gone.blocks)
    assert "Nothing of it can be counted" in await importing.say(rows(("2025-11", 13)))
    assert "39 answers count, in 3 rounds" in await importing.say(rows(*YEAR))
    with pytest.raises(ImportRefused, match="taken back before"):
        await importing.undo(1)


async def test_never_mixed_with_what_was_asked(
    importing: Importing, running: Running, company: Company
) -> None:
    """What was asked here speaks for its side, alone; and a month near to it is not counted from a file."""
    await importing.say(rows(*YEAR))
    question = await running.ask(company.lead, company.channel)
    for number, person in enumerate(company.people):
        await running.click(person, question, 9 if number % 2 else 3)
    await running.count()
    seen = await running.type(company.lead, company.channel, "score nps")
    assert seen
    assert "10 " in seen.text
    assert "imported" in str(seen.blocks)
    contrast = await running.type(company.lead, company.channel, "contrast")
    assert contrast
    assert "49 " not in str(contrast.blocks)
    month = running.clock().strftime("%Y-%m")
    assert "less than four weeks" in await importing.say(rows((month, 1)))


@pytest.mark.parametrize(
    "content, options, sentence",
    [
        ("", {}, "The file is empty."),
        (b"PK\x03\x04zip", {}, "This is a workbook"),
        ("score,day\n9,2026-01-01", {}, "Which column is the date? Say --map date=COLUMN"),
        ("nps_score,date\n9,2026-01-01", {"columns": ["score=nps_scor"]}, "did you mean nps_score?"),
        ("score,date\n9,2026-01-01", {"columns": ["points=score"]}, "--map cannot read"),
        ("score,date\n9,03/04/2026", {}, "--dates day-first or --dates month-first"),
        ("score,date\n9,31/12/2025\n9,12/31/2025", {}, "may mean two days"),
        ('score,date\n9,"2026-01-01\n' + "x" * 1_000_001, {}, "is a quotation mark never closed"),
        ('{"score": 9}\n\n{"score"', {}, "The file is no JSON from line 3 on"),
        ('{"a":' * 100_000, {}, "Line 1 of the file is nested too deeply"),
        ("score,date\n9,2026-01-01", {"encoding": "undefined"}, "The file is not in undefined"),
        (rows(*YEAR), {"report": Path(__file__)}, "name a new file for --report"),
        ("score,date\n9,2026-01-01", {"product": "Atlsa"}, "Did you mean Atlas?"),
        ("score,date\n9,2026-01-01", {"instrument": "sus"}, "has several statements"),
        ("score,date\n9,2026-01-01", {"instrument": "npx"}, "is not known"),
        ("score,date\n9,2026-01-01", {"channel": "C404"}, "There is no channel C404"),
        ("score,date\n9,2026-01-01", {"lead": "U0GUEST"}, "is no full member"),
        ("score,date\n9,2026-01-01", {"source": "<!here>"}, "--source takes"),
        ("score,date\n9,2026-01-01", {"encoding": "utf-16"}, "The file is not in utf-16"),
        ("score,date\n9,2026-01-01", {"file": None}, "The file is missing"),
        (rows(*YEAR), {"product": "A" * 61, "new_product": True}, "A name has at most 60 characters"),
        (rows(*YEAR), {"subject": "sign *up*"}, "Leave out the *"),
        ("score,date\n" + "5,2026-01-01\n" * 10, {"instrument": "ces"}, "CES on five points"),
    ],
)
async def test_bad_input(
    importing: Importing, content: str | bytes, options: dict[str, Any], sentence: str
) -> None:
    """One sentence that says what to do, and nothing is kept."""
    with pytest.raises(ImportRefused) as refused:
        await importing.say(content, **options)
    assert sentence in str(refused.value)
    assert await importing.running.bot.store.pulses.numbered("T0SANDBOX", 1) is None


async def test_report_of_refused_rows(importing: Importing, tmp_path: Path) -> None:
    """Every row that does not count, by its number in a spreadsheet and its reason, without what it says."""
    bad = "\n".join(
        [
            rows(("2026-01", 10)),
            "x1,a@x,11,secret,2026-01-01",
            "x2,a@x,9,secret,sometime",
            "row2026-01-3,a@x,9,secret,2026-01-04",
            ",,,,",
            "x3,a@x,9,secret,2099-01-01",
            "x4,a@x,9,secret,2026-01-01,more",
            "x5,a@x,=9,secret,2026-01-01",
        ]
    )
    report = tmp_path / "refused.csv"
    told = await importing.say(bad, report=report)
    assert report.read_text().splitlines()[1:] == [
        "12,the score is not a whole number from 0 to 10",
        "13,the date cannot be read",
        "14,its id stands in the file before: row 5",
        "15,the row is empty",
        "16,the date is in the future",
        "17,the row has more cells than there are columns",
        "18,the score is not a whole number from 0 to 10",
    ]
    assert "secret" not in told
    assert "2 do not count: the score is not a whole number from 0 to 10 (row 12, 18)" in told


async def test_two_at_once_do_not_count_twice(importing: Importing) -> None:
    """Of two imports of the same rows at one time one is kept; another ends with a sentence."""
    both = (importing.say(rows(("2026-01", 14)), source=source) for source in ("Delighted", "Another"))
    done = await asyncio.gather(*both, return_exceptions=True)
    assert all(
        "so nothing of it was kept: say it again" in str(each) for each in done if not isinstance(each, str)
    )
    assert [one.n for one in await importing.rounds()] == [14]


async def test_another_score_is_another_row(importing: Importing) -> None:
    """After a takedown a row does not come again with another score: both totals would tell what it was."""
    await importing.say(rows(("2026-01", 14)))
    await importing.undo(1)
    changed = rows(("2026-01", 14)).replace("p0@example.com,6", "p0@example.com,10")
    assert "14 do not count: its month was counted before" in await importing.say(changed)


@pytest.mark.parametrize("ids", [True, False])
async def test_a_comment_can_be_left_out(importing: Importing, ids: bool) -> None:  # noqa: FBT001
    """After a takedown the same rows count again without a comment, also where rows have no ids."""
    whole = rows(("2026-01", 14), comment="Mine")
    whole = whole if ids else "\n".join(line.partition(",")[2] for line in whole.splitlines())
    await importing.say(whole)
    await importing.undo(1)
    told = await importing.say(whole.replace("Mine", "", 1))
    assert "14 answers count" in told
    assert "13 comments are listed" in told


async def test_one_writer_of_five_comments_is_not_listed(importing: Importing) -> None:
    """Comments are listed once five different people have written; one person in five months is one."""
    months = rows(*((f"2026-0{month}", 10) for month in range(1, 6))).splitlines()
    one = [line.replace(",6,,", ",6,Mine,") if ",p0@" in line else line for line in months]
    assert "Too few people have written" in await importing.say("\n".join(one), write=False)
    five = [line.replace(",6,,", ",6,Mine,").replace(",9,,", ",9,Ours,") for line in months[:6]]
    assert "5 comments are listed" in await importing.say("\n".join([*five, *months[6:]]), write=False)


@pytest.mark.sqlite
async def test_no_person_is_kept(importing: Importing, tmp_path: Path) -> None:
    """Nothing of a person and no id of a row is in the database afterwards."""
    files = [tmp_path / f"bifocal.db{end}" for end in ("", "-wal")]
    await importing.say(rows(*YEAR, comment="Too slow"))
    await importing.running.bot.store.close()
    held = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"Too slow" in held
    assert b"example.com" not in held
    assert b"row2025" not in held


def test_the_command_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file it says how the command is written, in one sentence and without a trace."""
    (tmp_path / "bifocal.db").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "0123456789abcdef0123456789abcdef")
    said = CliRunner().invoke(app, ["import"])
    assert said.exit_code == 1
    assert "bifocal import FILE --product Atlas" in said.output
