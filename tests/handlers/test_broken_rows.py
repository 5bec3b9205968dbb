"""A row that cannot be read any more stops no other: its lead is told, and everything else goes on."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Company, Running
from tests.handlers.scene import refused
from tests.handlers.test_who_may import typed
from tests.jobs.scheduling import schedule

pytestmark = pytest.mark.sqlite("PostgreSQL keeps no JSON that is broken")
LOST = "Mars/Olympus"
BROKEN = ["{", "", "null", '"C0ATLAS"', '{"C0ATLAS": 1}', "[1, null]", "[[]]", "7"]


def change(folder: Path, statement: str, *values: str) -> None:
    """Change the file beside the bot, as a faulty disk or a hand would."""
    connection = sqlite3.connect(folder / "bifocal.db", timeout=5)
    with connection:
        assert connection.execute(statement, values).rowcount
    connection.close()


async def two_digests(running: Running, company: Company) -> None:
    """Two products that have a score each, and a digest of each in the team's channel."""
    for product in ("Atlas", "Borea"):
        question = await running.ask(company.lead, company.channel, f"nps about {product}")
        for person in company.people:
            await running.click(person, question, 9)
    await running.count()
    for product in ("Atlas", "Borea"):
        order = f"digest {product} from #atlas weekly tue 08:00"
        said = await running.digest(company.lead, company.team, order)
        assert said
        assert f"The digest about {product} is set up." in said.text


async def test_broken_sources_stop_that_digest_alone(
    running: Running, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The other digest is posted, lists and scores work, and its lead is told once and can mend it."""
    await two_digests(running, company)
    until_due = timedelta(hours=21, minutes=45)  # to five minutes after the time of both digests
    for broken in BROKEN:
        change(
            tmp_path,
            "update digest set sources = ? where product_id in (select id from product where name = 'Atlas')",
            broken,
        )
        for words in ("list", "digest", "score about Atlas", "help"):
            said = await typed(running, company.lead, company.team, words)
            assert said, broken
            assert "is not a" not in said, (broken, said)
        for words in ("digest Atlas now", "digest Atlas preview"):
            assert "cannot be found" in await typed(running, company.lead, company.team, words), broken
        await running.step(until_due)
        await running.step(timedelta(minutes=1))
        until_due = timedelta(days=7) - timedelta(minutes=1)
    posted = [message.text.partition(":")[0] for message in company.team.messages if not message.thread_ts]
    assert set(posted) == {"Borea"}
    (told,) = [each.text for each in running.slack.dms(company.lead) if "cannot be found" in each.text]
    assert "`/pulse digest Atlas from` there" in told
    assert caplog.text.count("its channels cannot be read") == len(BROKEN)  # once an edition
    assert not refused(running.slack)
    again = await running.digest(company.lead, company.team, "digest Atlas from #atlas")
    assert again is not None
    assert "is changed. In <#C0TEAM>, Tuesdays 08:00 Europe/Berlin, from <#C0ATLAS>." in again.text


@pytest.mark.parametrize("table", ["digest", "pulse"])
async def test_broken_leads_lead_nothing(
    running: Running, company: Company, tmp_path: Path, table: str
) -> None:
    """Where nobody knows who leads, admins do, and nobody else takes it over."""
    await two_digests(running, company)
    await schedule(running, company)
    change(tmp_path, f"update {table} set leads = '{{'")  # noqa: S608 - the name of a table
    words = {"digest": "digest Atlas off", "pulse": "pause 3"}[table]
    where = {"digest": company.team, "pulse": company.channel}[table]
    assert "Only" in await typed(running, company.lead, where, words)
    assert "Only" not in await typed(running, company.admin, where, words)
    await running.step(timedelta(days=1))
    assert not refused(running.slack)


async def test_a_zone_that_is_gone_gives_way_to_that_of_the_settings(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Schedules and digests go on by it, every list says so, and each lead is told once."""
    await two_digests(running, company)
    await schedule(running, company, zone="America/New_York")
    for table in ("pulse", "digest"):
        change(tmp_path, f"update {table} set zone = ?", LOST)  # noqa: S608 - the name of a table
    listed = await typed(running, company.lead, company.channel, "list")
    assert "Mondays 09:00 Europe/Berlin" in listed
    assert "Tuesdays 08:00 Europe/Berlin" in await typed(running, company.lead, company.team, "digest")
    await running.step(timedelta(minutes=1))
    for _ in range(8):
        await running.step(timedelta(days=1))
    assert len([message for message in company.team.messages if not message.thread_ts]) == 2
    assert "Atlas" in company.channel.messages[-1].text
    told = [each.text for each in running.slack.dms(company.lead) if LOST in each.text]
    assert len(told) == 3
    pulse = (
        f'There is no time zone "{LOST}" any more. Question 3 (NPS about Atlas) in <#C0ATLAS> '
        "goes by Europe/Berlin now: Mondays 09:00 Europe/Berlin."
    )
    assert pulse in told
    assert not refused(running.slack)


async def test_a_rule_that_cannot_be_read_is_listed_as_it_stands(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """One broken schedule takes no list away."""
    await two_digests(running, company)
    await schedule(running, company)
    change(tmp_path, "update pulse set cadence = 'every blue moon' where cadence is not null")
    change(tmp_path, "update digest set cadence = 'every blue moon'")
    assert "every blue moon" in await typed(running, company.lead, company.channel, "list")
    assert "every blue moon" in await typed(running, company.lead, company.team, "list")
