"""A database that answers late, or whose answer is lost: people are told in time, nothing is doubled."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from bot.health.readiness import BETWEEN_LOOKS
from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.answers import record_answer
from storage.schema.question_tables import RATING
from tests.conftest import Company, Running, composed
from tests.databases import databases
from tests.tcp_proxy import HOST, TcpProxy

SLACK_WAITS = 3.0
SHORT = 0.3  # seconds, for tests


@dataclass(kw_only=True)
class Scene:
    """The bot with PostgreSQL behind a proxy."""

    running: Running
    proxy: TcpProxy

    async def points(self) -> list[int]:
        """What is kept of all people."""
        return await self.running.bot.store.database.read(
            lambda connection: list(connection.execute(select(RATING.c.point)).scalars())
        )

    async def click(self, person: User, message: Message, point: int) -> tuple[int | None, str]:
        """A click; what Slack was answered, and what the person reads last."""
        outcome = await self.running.slack.click(person, message, f"point/{point}")
        await self.running.bot.finish()
        told = self.running.slack.ephemerals(person, message.channel_id)
        return outcome.status, told[-1].text if told else ""


@pytest.fixture
async def scene(slack: FakeSlack, clock: SteppedClock, tmp_path: Path) -> AsyncIterator[Scene]:
    """It runs, and all is well so far."""
    address = make_url(databases().migrated())
    async with AsyncExitStack() as opened:
        proxy = await opened.enter_async_context(TcpProxy.to(str(address.host), address.port or 5432))
        url = address.set(host=HOST, port=proxy.port).render_as_string(hide_password=False)
        running = await opened.enter_async_context(composed(slack, clock, tmp_path, DATABASE_URL=url))
        opened.callback(proxy.go_on)
        yield Scene(running=running, proxy=proxy)


@pytest.mark.parametrize("known", [True, False], ids=["its wave was read", "its wave was not read"])
async def test_a_slow_answer_is_told_in_time(
    known: bool,  # noqa: FBT001 - a parameter of the test
    scene: Scene,
    company: Company,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who clicks meanwhile reads that it was not saved before Slack gives up; later all works again."""
    assert record_answer.WRITE_LIMIT < SLACK_WAITS
    monkeypatch.setattr(record_answer, "WRITE_LIMIT", SHORT)
    message = await scene.running.ask(company.lead, company.channel)
    one, other = company.people[:2]
    if known:
        await scene.click(other, message, 3)
    scene.proxy.hold()
    status, told = await scene.click(one, message, 9)
    assert status == 503
    assert "Not saved." in told
    scene.proxy.go_on()
    monkeypatch.undo()
    assert (await scene.click(one, message, 8))[0] == 200
    assert sorted(await scene.points()) == [3, 8] if known else [8]


async def test_readiness_does_not_hang_with_the_server(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks meanwhile is told in time; once the server answers all is well."""
    monkeypatch.setattr("bot.health.readiness.LIMIT", SHORT)
    readiness, clock = scene.running.bot.readiness, scene.running.clock
    assert await readiness.why_not() is None
    scene.proxy.hold()
    clock.step(BETWEEN_LOOKS)
    assert await readiness.why_not() == "the database does not answer: look at its disk or its server"
    scene.proxy.go_on()
    monkeypatch.undo()
    await readiness.why_not()
    clock.step(BETWEEN_LOOKS)
    assert await readiness.why_not() is None


async def test_a_commit_whose_answer_is_lost_is_not_acked(scene: Scene, company: Company) -> None:
    """It may be kept, nobody knows: the person is told so, presses again, and has one answer."""
    message = await scene.running.ask(company.lead, company.channel)
    person = company.people[0]
    scene.proxy.cut_reply_to(b"COMMIT;")
    status, told = await scene.click(person, message, 9)
    assert scene.proxy.cuts == 1
    assert status == 503
    assert "Not saved." in told
    assert await scene.points() == [9]  # it was
    status, _ = await scene.click(person, message, 4)
    assert status == 200
    assert "Changed from 9 to 4." in str(scene.running.slack.views(person)[-1].body)
    assert await scene.points() == [4]
