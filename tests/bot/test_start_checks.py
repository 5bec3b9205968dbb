"""A database that is put back from a copy is known for one, and nothing of before is counted again.

A start among others that write waits for its turn.
"""

import logging
import shutil
import stat
from datetime import timedelta
from functools import partial
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.exc import OperationalError

from bot import start_checks
from bot.config.setting_types import SettingsError
from bot.sandbox import FakeSlack, SteppedClock
from jobs.reminders.claim_writing import lately_restored
from storage.answers.roles import keep_role
from storage.records import Role, RoleSaid
from storage.store import Store
from tests.conftest import Company, Running, composed
from tests.databases import databases
from tests.storage.scene import a_pulse, all_waves, rows

SAID = "was put back from a copy"
MISSED = "The database is empty, though bifocal.run tells of one that was there before."
WEEK = timedelta(weeks=1)


async def asked(running: Running, company: Company, people: int) -> None:
    """A question that so many people have answered."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:people]:
        await running.click(person, question, 9)


async def answers(store: Store) -> int:
    """How many ratings are kept."""
    return len((await rows(store))["rating"])


def copy_away(folder: Path) -> None:
    """What an operator does to keep a copy while no bot runs."""
    shutil.copy(folder / "bifocal.db", folder / "copy.db")


def put_back(folder: Path) -> None:
    """What an operator does to restore."""
    for name in ("bifocal.db-wal", "bifocal.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(folder / "copy.db", folder / "bifocal.db")


def erased_in(folder: Path) -> list[list[str]]:
    """What the list of erasures says, without the numbers of questions that it keeps too."""
    lines = [line.split()[1:] for line in (folder / "bifocal.erased").read_text().splitlines()]
    return [words for words in lines if words[0] != "number"]


async def test_ordinary_starts_are_no_restore(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the first start, nor the next, nor a second process, nor one after a count erases anything."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 4)
        async with composed(slack, clock, tmp_path) as second:
            await second.settle()
    async with composed(slack, clock, tmp_path) as running:
        await running.count()
        assert await answers(running.bot.store) == 4
    async with composed(slack, clock, tmp_path) as running:
        assert await answers(running.bot.store) == 4
    assert SAID not in caplog.text
    assert MISSED not in caplog.text
    assert stat.S_IMODE((tmp_path / "bifocal.run").stat().st_mode) == 0o600


async def test_a_database_without_a_mark_gets_one(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One of a version before marks is taken as it is; a new one beside an older mark too, and is told of."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 4)
        store = running.bot.store
        await store.database.write(lambda connection: connection.exec_driver_sql("DELETE FROM installation"))
    (tmp_path / "bifocal.run").unlink()
    async with composed(slack, clock, tmp_path) as running:
        assert await answers(running.bot.store) == 4
    for name in ("bifocal.db", "bifocal.db-wal", "bifocal.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    assert MISSED not in caplog.text
    async with composed(slack, clock, tmp_path):
        pass
    assert SAID not in caplog.text
    assert MISSED in caplog.text


async def test_nothing_of_a_restored_copy_is_counted(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What was open is erased, and for four weeks no round is made; then there is one again."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 10)
    copy_away(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        await running.count()
    put_back(tmp_path)
    with caplog.at_level(logging.WARNING):
        async with composed(slack, clock, tmp_path) as running:
            store = running.bot.store
            assert await answers(store) == 0
            assert "1 questions that were open or waiting lost their answers" in caplog.text
            await asked(running, company, 10)
            await running.count()
            assert [wave.counted_at is None for wave in await all_waves(store)] == [True, True]
            await running.step(3 * WEEK)
            assert [wave.counted_at is None for wave in await all_waves(store)] == [False, True]
    assert caplog.text.count(SAID) == 1


async def test_a_copy_of_the_same_run_is_known(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A count between the copy and its return is enough; no start has to lie between them."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 10)
        await running.bot.store.database.empty_journal()
        copy_away(tmp_path)
        await running.count()
        await running.step(timedelta(minutes=1))
    put_back(tmp_path)
    async with composed(slack, clock, tmp_path):
        pass
    assert SAID in caplog.text


async def test_a_moved_database_counts_as_restored(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the file beside it nobody can tell it from a copy; with it, it is the same."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 3)
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, names in ((here, ["bifocal.db", "bifocal.run"]), (there, ["bifocal.db"])):
        folder.mkdir()
        for name in names:
            shutil.copy(tmp_path / name, folder / name)
    async with composed(slack, clock, here) as running:
        assert await answers(running.bot.store) == 3
    assert SAID not in caplog.text
    async with composed(slack, clock, there) as running:
        assert await answers(running.bot.store) == 0
    assert SAID in caplog.text


async def test_erasures_after_the_copy_are_done_again(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Who had themselves forgotten stays forgotten, also where they had answered with their name.

    The list holds keys and ids of waves, no user id.
    """
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 10)
        await running.count()
    copy_away(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        context = running.bot.context
        person, team = company.people[0].id, company.lead.team_id
        keys = context.respondents.both(team, person)
        await running.bot.store.erasure.forget(team, keys)
        (wave,) = await all_waves(running.bot.store)
        await running.bot.store.erasure.take_down(team, wave.id, at=clock())
    assert erased_in(tmp_path) == [
        ["forget", team, keys[0]],
        ["takedown", team, wave.id],
    ]
    assert stat.S_IMODE((tmp_path / "bifocal.erased").stat().st_mode) == 0o600
    put_back(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        kept = await rows(running.bot.store)
        assert not [row for row in kept["participation"] if row[1] == keys[0]]
        (wave,) = await all_waves(running.bot.store)
        assert wave.taken_down
        assert [row[-1] is None for row in kept["round"]] == [False]


async def test_no_number_is_given_to_two_questions(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Of a question that was asked after the copy nobody knows but its channel: its number stays its own."""
    async with composed(slack, clock, tmp_path) as running:
        await running.ask(company.lead, company.channel)
    (tmp_path / "bifocal.erased").unlink()  # as a version before this one left it
    copy_away(tmp_path)
    team = company.lead.team_id
    async with composed(slack, clock, tmp_path) as running:
        assert [(await a_pulse(running.bot.store, team_id=team)).number for _ in range(2)] == [2, 3]
    put_back(tmp_path)
    for number in (4, 5):
        async with composed(slack, clock, tmp_path) as running:
            assert (await a_pulse(running.bot.store, team_id=team)).number == number


async def test_a_role_that_was_taken_back_after_the_copy_stays_so(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Nothing of it is in the copy that was put back; what was said of another product is."""
    said = RoleSaid(Role.USES)
    async with composed(slack, clock, tmp_path) as running:
        store, team = running.bot.store, company.lead.team_id
        await asked(running, company, 1)
        person = running.bot.context.respondents.confidential(team, company.people[0].id)
        atlas, beacon = [await store.products.find(team, name) for name in ("Atlas", "Beacon")]
        assert atlas
        assert beacon
        for product in (atlas, beacon):
            await store.database.write(
                partial(keep_role, team_id=team, respondent=person, product_id=product.id, said=said)
            )
    copy_away(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        await running.bot.store.roles.change(team, person, atlas.id, RoleSaid(None))
    put_back(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        known = await running.bot.store.roles.of_person(team, [person])
        assert [(each.product.name, each.role) for each in known] == [("Atlas", None), ("Beacon", Role.USES)]


async def test_what_its_author_removed_after_the_copy_stays_removed(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """A saved message comes back with the copy and goes again; the list has its id and no more."""
    person = company.people[0]
    async with composed(slack, clock, tmp_path) as running:
        await running.ask(company.lead, company.channel)
        await running.type(person, company.channel, "say it is slow")
        await running.type(person, company.channel, "say it is ugly")
    copy_away(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        shown = running.slack.ephemerals(person)[-1]
        await running.slack.click(person, shown, "remove_saved")
        await running.bot.finish()
    ((what, team_id, _),) = erased_in(tmp_path)
    assert (what, team_id) == ("unsave", company.lead.team_id)
    put_back(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        assert [row[7] for row in (await rows(running.bot.store))["saved"]] == ["it is slow"]


GONE = "earlier answers that were not counted yet are gone."


async def test_the_next_question_in_a_channel_says_so(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """The first after the restore in each channel, and no later one; while it lasts, when answers count."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 3)
        assert GONE not in company.channel.messages[-1].text
    (tmp_path / "bifocal.run").unlink()
    async with composed(slack, clock, tmp_path) as running:
        first = await running.ask(company.lead, company.channel)
        said, shown = first.text, str(first.blocks)
        await running.step(timedelta(minutes=1))
        second = await running.ask(company.lead, company.channel, "csat about Atlas")
        await running.step(5 * WEEK)
        elsewhere = await running.ask(company.lead, company.team)
    put_back_on = "Bifocal's database was put back from a copy on 2 November: "
    assert f"{put_back_on}{GONE} New answers are counted from 29 November on." in said
    assert "copy on 2 Nov: " in shown
    assert GONE not in second.text
    assert f"{put_back_on}{GONE} Closes" in elsewhere.text


async def test_the_mark_grows_when_comments_are_listed(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A copy from before a batch is known for a copy, also where the answers went on waiting."""
    async with composed(slack, clock, tmp_path) as running:
        question = await running.ask(company.lead, company.channel, "nps about Atlas")
        for person in company.people[:6]:
            await running.click(person, question, 9)
            await slack.submit(person, slack.views(person)[-1], {"comment": "Slow."})
        await running.step(timedelta(days=7, minutes=1))
        await running.bot.store.database.empty_journal()
        copy_away(tmp_path)
        await running.step(timedelta(minutes=20))
        assert len((await rows(running.bot.store))["batch"]) == 1
    put_back(tmp_path)
    async with composed(slack, clock, tmp_path):
        pass
    assert SAID in caplog.text


async def test_the_mark_grows_after_an_erasure_too(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Not only before it: a copy of the moment in between has a lower number than what is outside."""
    async with composed(slack, clock, tmp_path) as running:
        await asked(running, company, 3)
        await running.settle()
        (wave,) = await all_waves(running.bot.store)
        await running.bot.store.erasure.take_down(wave.team_id, wave.id, at=clock())
        noted = int((tmp_path / "bifocal.erased").read_text().splitlines()[-1].split()[0])
        await running.settle()
        grown = int((tmp_path / "bifocal.run").read_text().split()[1])
    assert grown > noted


async def test_a_process_with_another_folder_does_not_start(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While another process is at work its database is no copy: one that lacks the mark erases nothing."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    url = databases().migrated()
    at_work = await asyncpg.connect(url, server_settings={"application_name": "bifocal-another"})
    async with composed(slack, clock, here, DATABASE_URL=url) as running:
        await asked(running, company, 3)
        with pytest.raises(SettingsError, match="BIFOCAL_FOLDER does not hold"):
            async with composed(slack, clock, there, DATABASE_URL=url):
                pass
        assert await answers(running.bot.store) == 3
    await at_work.close()
    assert SAID not in caplog.text
    async with composed(slack, clock, there, DATABASE_URL=url) as running:
        assert await answers(running.bot.store) == 0
    assert SAID in caplog.text


async def test_a_start_waits_for_its_turn(
    slack: FakeSlack, clock: SteppedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While others hold the database it is tried again; whatever else is wrong with it ends the start."""
    errors = [OperationalError("", {}, Exception(words)) for words in ["database is locked"] * 3 + ["disk"]]
    keep = Store.keep_fingerprint

    async def busy(store: Store, text: str) -> bool:
        if errors:
            raise errors.pop(0)
        return await keep(store, text)

    monkeypatch.setattr(Store, "keep_fingerprint", busy)
    with pytest.raises(OperationalError, match="disk"):
        async with composed(slack, clock, tmp_path):
            pass
    errors += [OperationalError("", {}, Exception("database is locked"))] * (start_checks.TRIES - 1)
    async with composed(slack, clock, tmp_path) as running:
        assert await running.bot.store.reachable()


async def test_who_wants_no_reminders_gets_none_after_a_restore(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Stop after the copy holds, unless it was taken back; for two weeks nobody is reminded at all."""
    first, second = company.people[:2]
    async with composed(slack, clock, tmp_path) as running:
        await running.type(second, company.channel, "mute")
        await asked(running, company, 1)
    copy_away(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        await running.type(first, company.channel, "mute")
        await running.type(second, company.channel, "unmute")
    put_back(tmp_path)
    async with composed(slack, clock, tmp_path) as running:
        team, context = company.lead.team_id, running.bot.context
        kept = [
            await running.bot.store.pauses.of_person(team, context.respondents.confidential(team, each.id))
            for each in (first, second)
        ]
        assert [pause is not None and pause.stopped for pause in kept] == [True, False]
        assert lately_restored(running.bot.store, clock())
        assert not lately_restored(running.bot.store, clock() + 3 * WEEK)
