"""`bifocal outbox`: what needs a hand is listed, and a hand does nothing twice without being told to."""

from collections.abc import Awaitable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.command_line import app
from bot.cli.outbox import outbox_command
from bot.cli.outbox.outbox_command import OutboxRefused, give_up, list_outbox, retry
from bot.config.settings import Settings
from bot.sandbox.api.faults import LostAnswer, RateLimited
from storage.records import PostState
from tests.bot.serving import HTTP
from tests.conftest import Company, Running, settings_for

LONG = timedelta(minutes=16)


@pytest.fixture
def settings(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of the running bot, whose clock the command goes by where the database has none."""
    monkeypatch.setattr(outbox_command, "utc_now", running.clock)

    async def none() -> None:
        return None

    monkeypatch.setattr("storage.store.Store.now", lambda _: none())  # a server's clock cannot be stepped
    return settings_for(running.slack, tmp_path)


def console() -> tuple[StringIO, Console]:
    """A terminal, and what is printed on it."""
    told = StringIO()
    return told, Console(file=told, width=180)


async def listed(settings: Settings) -> str:
    """What `bifocal outbox` prints."""
    told, terminal = console()
    await list_outbox(settings, terminal)
    return told.getvalue()


async def refused(doing: Awaitable[None]) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(OutboxRefused) as sentence:
        await doing
    return str(sentence.value)


async def asked(running: Running, company: Company) -> None:
    """A question is asked, and what is due is done."""
    await running.type(company.lead, company.channel, "ask nps about Atlas for 7 days")
    await running.settle()


async def test_nothing_to_list(running: Running, company: Company, settings: Settings) -> None:
    """What was sent, and what has only just become due, needs no hand."""
    await asked(running, company)
    assert await listed(settings) == "No message is late, unknown or failed.\n"
    assert "has been sent: there is nothing to do" in await refused(retry(settings, "1", console()[1]))
    assert "There is no message 77" in await refused(retry(settings, "77", console()[1]))


async def test_a_message_whose_answer_was_lost(
    running: Running, company: Company, settings: Settings
) -> None:
    """It is not sent again but on an explicit word; then it is, by the running bot."""
    running.slack.faults.add("chat.postMessage", LostAnswer())
    await asked(running, company)
    assert len(company.channel.messages) == 1
    page = await listed(settings)
    assert "unknown" in page
    assert "C0ATLAS" in page
    line = await refused(retry(settings, "1", console()[1]))
    assert line == (
        "Nobody knows whether message 1 arrived: sent again, it may stand there twice. Look in its channel "
        "(C0ATLAS). If it is not there: bifocal outbox retry 1 --may-post-twice. If it is: bifocal outbox "
        "give-up 1."
    )
    await running.step(timedelta(seconds=10))
    assert len(company.channel.messages) == 1
    told, terminal = console()
    await retry(settings, "1", terminal, may_post_twice=True)
    assert told.getvalue().startswith("Message 1 is due now: a running Bifocal sends it within ten seconds")
    await running.step(timedelta(seconds=10))
    assert len(company.channel.messages) == 2
    assert "No message is late" in await listed(settings)


async def test_a_doubtful_message_that_is_given_up(
    running: Running, company: Company, settings: Settings
) -> None:
    """It is listed no more and never sent; a click on it still tells where it stands."""
    running.slack.faults.add("chat.postMessage", LostAnswer())
    await asked(running, company)
    told, terminal = console()
    await give_up(settings, "1", terminal)
    assert told.getvalue().startswith("Message 1 is left as it is")
    assert "No message is late" in await listed(settings)
    await running.click(company.people[0], company.channel.messages[-1], 9)
    await running.step(timedelta(minutes=1))
    assert len(company.channel.messages) == 1
    assert "1 answered" in str(company.channel.messages[-1].blocks) or "One" in str(
        company.channel.messages[-1].blocks
    )


async def test_a_late_and_a_failed_message(running: Running, company: Company, settings: Settings) -> None:
    """A late one is tried at once, or ended; a failed one can be tried again."""
    running.slack.faults.add("chat.postMessage", RateLimited(3000), times=10**6)
    await asked(running, company)
    await running.step(LONG)
    assert "late" in await listed(settings)
    told, terminal = console()
    await give_up(settings, "1", terminal)
    assert told.getvalue() == (
        "Message 1 is given up: it is never sent, and nobody is told. Its question closes at its time, "
        "seen by nobody.\n"
    )
    assert "No message is late" in await listed(settings)
    running.slack.faults.clear()
    await retry(settings, "1", terminal)
    await running.step(timedelta(hours=1))
    assert len(company.channel.messages) == 1


async def test_what_a_running_bot_holds_is_left_to_it(
    running: Running, company: Company, settings: Settings
) -> None:
    """A lease is respected until it ends; then nobody knows whether the message arrived."""
    running.slack.faults.add("chat.postMessage", RateLimited(1))
    await asked(running, company)
    running.clock.step(timedelta(seconds=30))
    outbox, now = running.bot.store.outbox, running.clock()
    (post,) = await outbox.claim(now=now, lease=timedelta(minutes=2), limit=1)
    for doing in (retry(settings, "1", console()[1]), give_up(settings, "1", console()[1])):
        assert await refused(doing) == (
            "Message 1 is being sent by a running Bifocal: wait until "
            f"{now + timedelta(minutes=2):%H:%M:%S} UTC, then look again."
        )
    running.clock.step(timedelta(minutes=2))
    assert "Nobody knows" in await refused(retry(settings, post.key, console()[1]))
    await give_up(settings, post.key, console()[1])
    found = await outbox.get(post.team_id, post.key)
    assert found
    assert found.state is PostState.UNKNOWN
    await outbox.sent(post, version=1, slack_ts="1.2", not_before=now)  # the sender comes back, too late
    found = await outbox.get(post.team_id, post.key)
    assert found
    assert (found.state, found.slack_ts) == (PostState.UNKNOWN, None)


@pytest.mark.sqlite("a file")
async def test_no_database_is_made(settings: Settings, tmp_path: Path) -> None:
    """In a wrong folder it says so, and leaves nothing there."""
    there = tmp_path / "elsewhere.db"
    line = await refused(
        list_outbox(settings.model_copy(update={"database_url": f"sqlite:///{there}"}), console()[1])
    )
    assert line.startswith("There is no database at DATABASE_URL")
    assert not there.exists()


@pytest.mark.parametrize("words", [[], ["retry", "1", "--may-post-twice"], ["give-up", "1"]], ids=str)
def test_a_refusal_is_a_sentence_and_status_one(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is in the wrong folder reads what is wrong."""
    monkeypatch.chdir(tmp_path)
    for name, value in HTTP.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bifocal.db")
    done = CliRunner().invoke(app, ["outbox", *words])
    assert (done.exit_code, done.stderr) == (
        1,
        "There is no database at DATABASE_URL: is this the folder and the .env of the bot?\n",
    )
