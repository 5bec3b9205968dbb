"""Answers to a response_url."""

from typing import Any

import aiohttp
from aiohttp import web

from bot.connection.response_url import Respond
from bot.sandbox.api.faults import LostAnswer
from tests.conftest import Company, Running


async def test_a_lost_answer_is_not_said_twice(running: Running, company: Company) -> None:
    """A receipt that arrived, though the connection broke before Slack said so, is read once."""
    question = await running.ask(company.lead, company.channel)
    running.slack.faults.add("response_url", LostAnswer())
    await running.click(company.people[0], question, 5)
    (receipt,) = running.slack.ephemerals(company.people[0])
    assert "You chose 5" in receipt.text


async def test_one_connection_for_many_answers() -> None:
    """Answers go over the connections of the session, without the fields that are not set."""
    said: list[dict[str, Any]] = []
    connections = set()

    async def hear(request: web.Request) -> web.Response:
        said.append(await request.json())
        connections.add(request.transport)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/actions", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        respond = Respond(f"http://127.0.0.1:{runner.addresses[0][1]}/actions", session)
        for _ in range(3):
            answer = await respond(text="You chose 5.", blocks=None, replace_original=False)
            assert answer.status_code == 200
    await runner.cleanup()
    assert said == [{"text": "You chose 5.", "replace_original": False}] * 3
    assert len(connections) == 1
