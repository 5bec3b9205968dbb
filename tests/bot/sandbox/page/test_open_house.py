"""The demo as a process: one address, and nothing left behind."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from rich.console import Console

from bot.sandbox.page.open_house import keep_open_house, no_port
from bot.sandbox.page.page_server import PORTS_TRIED

ROOT = Path(__file__).parents[4]
SHORT = """
from bot.sandbox.demo import story
story.WEEKS, story.END = 6, story.monday(6, 9)
from bot.__main__ import main
main()
"""
"""The demo with fewer weeks: those of all 26 are in `tests/bot/sandbox/demo/test_story.py`."""


@asynccontextmanager
async def demo(folder: Path, *words: str, short: bool = False) -> AsyncIterator[Process]:
    """`bifocal demo` as a process of its own, with `folder` for its temporary files and its home."""
    program = ("-c", SHORT) if short else ("-m", "bot")
    environ = os.environ | {"TMPDIR": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    process = await create_subprocess_exec(
        sys.executable, *program, "demo", *words, cwd=folder, env=environ, stdout=PIPE, stderr=STDOUT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def told(process: Process, pattern: str) -> re.Match[str]:
    """The first line of that kind that the process prints."""
    assert process.stdout is not None
    async with asyncio.timeout(90):
        async for line in process.stdout:
            if found := re.search(pattern, line.decode()):
                return found
    raise AssertionError(f"it ended without {pattern!r}")


def left(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [path.name for path in folder.iterdir()]


async def act(client: aiohttp.ClientSession, way: str = "act", *, by: str = "", **what: object) -> None:
    """Do something on the page, as its scripts do; `by` is somebody else than the one whom it opens on."""
    async with client.post(f"/{way}?as={by}", json=what) as done:
        assert done.status == 200, await done.text()
        assert "cannot" not in await done.json()


async def screen_of(client: aiohttp.ClientSession, by: str = "") -> dict[str, Any]:
    """What a visitor sees."""
    async with client.get(f"/screen?as={by}") as screen:
        told_to: dict[str, Any] = await screen.json()
        return told_to


def channels_in(screen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The channels on a screen by name."""
    return {channel["name"]: channel for channel in screen["channels"]}


def newest(channel: dict[str, Any]) -> str:
    """The address of the newest message that stands in a channel itself."""
    stamps = [message["ts"] for message in channel["messages"] if not message.get("thread_ts")]
    return f"{channel['id']}/{max(stamps)}"


async def answer_with_a_tick(client: aiohttp.ClientSession, by: str, words: str) -> None:
    """A customer's 9 on the open question, and a comment that may be quoted."""
    channel, ts = (await question(client))["place"].split("/")
    await act(client, by=by, kind="click", channel=channel, ts=ts, action_id="point/9")
    # acts are done one after the other, so after one more the form is there
    await act(client, by=by, kind="command", channel=channel, text="/pulse help")
    form = (await screen_of(client, by))["views"][-1]["id"]
    await act(client, by=by, kind="submit", view=form, values={"comment": words, "allow": ["quote"]})


async def question(client: aiohttp.ClientSession) -> dict[str, Any]:
    """Where a customer can answer, and whether the question was asked just now."""
    async with client.post("/question", json={}) as found:
        told_of: dict[str, Any] = await found.json()
        return told_of


def listens(port: int) -> bool:
    """Whether anybody answers at that port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def test_the_demo_serves_the_story_and_leaves_nothing(tmp_path: Path) -> None:
    """A busy port gets one sentence and the next free one; Ctrl-C frees it and takes every file away."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with demo(tmp_path, "--port", str(port), short=True) as process:
            moved = int((await told(process, rf"Port {port} is busy, so this is port (\d+)\."))[1])
            url = (await told(process, r"(http://\S+)"))[1]
            assert url == f"http://127.0.0.1:{moved}/"
            assert left(tmp_path)  # its folder, while it runs
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(url, cookie_jar=jar) as client:
                async with client.get("/") as page:
                    assert page.status == 200
                told_to = await screen_of(client)
                channels = channels_in(told_to)
                assert re.search(r"\d answered", str(channels["atlas-customers"]["messages"][-1]))  # open
                assert told_to["opens"] == newest(channels["atlas-team"])
                assert "How to read this" in str(channels["atlas-team"]["messages"][-1])  # its whole thread
                customer = told_to["steps"]["customer"]
                assert "atlas-team" not in channels_in(await screen_of(client, customer))
                await answer_with_a_tick(client, customer, "My own words, word for word.")
                await act(client, "step", to="monday")
                team = channels_in(await screen_of(client))["atlas-team"]
                assert newest(team) != told_to["opens"]  # the next digest, with the visitor's answer
                assert "My own words, word for word." in str(team["messages"])
                assert (await question(client))["asked"]  # the steps can be repeated: others answer at once
                customers = channels_in(await screen_of(client))["atlas-customers"]
                assert re.search(r"point/5.*2\d answered", str(customers["messages"]))
            assert {person["role"] for person in told_to["people"]} >= {
                "lead",
                "both",
                "buyer",
                "user",
                "external",
            }
            process.send_signal(signal.SIGINT)
            await told(process, "Closed. Nothing was kept.")
            assert await process.wait() == 0
    assert left(tmp_path) == []
    assert not listens(moved)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_an_early_end_leaves_nothing_either(tmp_path: Path, number: signal.Signals) -> None:
    """Also while the 26 weeks still go by."""
    async with demo(tmp_path, "--port", "0") as process:
        await told(process, "26 weeks go by")
        process.send_signal(number)
        await told(process, "Closed. Nothing was kept.")
        assert await process.wait() == 0
    assert left(tmp_path) == []


async def test_an_error_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the page cannot be served the error comes through, and the folder is gone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("bot.sandbox.page.open_house.settle_in", _failing)
    with pytest.raises(RuntimeError, match="a fault"):
        await keep_open_house(port=0, console=Console(file=StringIO()))
    assert left(tmp_path) == []


async def _failing(*_: object) -> None:
    raise RuntimeError("a fault")


def test_no_port_is_one_sentence() -> None:
    """It names the ports that were tried and how to take another."""
    assert (
        no_port(4747)
        == f"Ports 4747 to {4747 + PORTS_TRIED} are all busy. Try another: make demo ARGS='--port 8080'."
    )
