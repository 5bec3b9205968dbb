"""Answers to a response_url."""

from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.connection.response_url import Respond, is_slack_address
from bot.sandbox.api.faults import LostAnswer
from tests.conftest import Company, Running


async def test_a_lost_answer_is_not_said_twice(running: Running, company: Company) -> None:
    """A receipt that arrived, though the connection broke before Slack said so, is read once."""
    question = await running.ask(company.lead, company.channel)
    running.slack.faults.add("response_url", LostAnswer())
    await running.click(company.people[0], question, 5)
    (receipt,) = running.slack.ephemerals(company.people[0])
    assert "Your answer is saved" in receipt.text


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


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/actions/T1/1/x",
        "https://hooks.slack.com:443/commands/T1/1/x",
        "https://hooks.slack-gov.com/actions/T1/1/x",
        "https://HOOKS.slack.com/actions/T1/1/x",
        "http://127.0.0.1:4000/actions/T1/1/x",
    ],
)
def test_answers_go_to_slack(url: str) -> None:
    """Slack's own host over TLS, or the place of the Web API that the settings name."""
    assert is_slack_address(url, api_url="http://127.0.0.1:4000/api/")


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/actions/T1/1/x",
        "https://hooks.slack.com:8443/actions/T1/1/x",
        "https://hooks.slack.com.example.org/actions/T1/1/x",
        "https://hooks.slack.com@example.org/actions/T1/1/x",
        "https://user:word@hooks.slack.com/actions/T1/1/x",
        "https://example.org/?https://hooks.slack.com/",
        "https://xhooks.slack.com/actions/T1/1/x",
        "https://slack.com/actions/T1/1/x",
        "http://127.0.0.1:4001/actions/T1/1/x",
        "http://127.0.0.1/actions/T1/1/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "https://[hooks.slack.com/",
        "https://hooks.slack.com:port/",
        "//hooks.slack.com/actions",
        "hooks.slack.com",
        "",
    ],
)
def test_answers_go_nowhere_else(url: str) -> None:
    """Whatever looks like Slack's host and is not gets nothing."""
    assert not is_slack_address(url, api_url="http://127.0.0.1:4000/api/")


async def test_a_strange_address_gets_nothing_and_the_person_is_told(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command whose response_url leads elsewhere is answered in the channel, to the person alone."""
    heard: list[str] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(await request.text())
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/{path:.*}", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    elsewhere = f"@127.0.0.1:{runner.addresses[0][1]}/commands/T1/1/x"  # behind Slack's own host and port
    monkeypatch.setattr(running.slack.world.response_urls, "issue", lambda *_: elsewhere)
    await running.type(company.lead, company.channel, "list")
    await runner.cleanup()
    assert not heard
    (answer,) = running.slack.ephemerals(company.lead)
    assert answer.text
    assert "a response_url that is not Slack's" in caplog.text
