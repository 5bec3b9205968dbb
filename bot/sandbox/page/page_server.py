"""The page's web server, on loopback: its files, a person's screen, what happens, and acts."""

import asyncio
import json
import socket
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from pydantic import ValidationError

from bot.manifest import manifest
from bot.sandbox.demo.stage import Stage
from bot.sandbox.model.clock import unix
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.page import news, shown
from bot.sandbox.page.acts import Act, Acts
from bot.sandbox.page.clock_buttons import AFTER_AN_ACT, STEPS, Passing
from bot.sandbox.page.gate import Gate
from bot.sandbox.page.three_steps import ThreeSteps, address_of, newest_from_bot
from bot.sandbox.server import HOST
from handlers.commands.command_table import SUBCOMMANDS

STATIC = Path(__file__).with_name("static")
PORTS_TRIED = 20
LARGEST = 256 * 1024


class Page:
    """`async with Page(stage, roles={...}, first=user) as page:` serves at `page.url`.

    `roles` says by id what somebody is in the story; `first` is who a newcomer acts as. With `steps` the page
    offers its three steps, and opens on the newest digest. `port` is where to begin to look for a free one, 0
    takes any; `moved` tells whether another had to be taken.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        roles: Mapping[str, str],
        first: User,
        steps: ThreeSteps | None = None,
        port: int = 0,
    ) -> None:
        self._stage = stage
        self._slack = stage.slack
        self._roles = roles
        self._first = first
        self._steps = steps
        self._wanted = self.port = port
        self._passing = Passing(stage)
        self._acts = Acts(stage.slack, self._passing)
        self._ended = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The one address to open."""
        return f"http://{HOST}:{self.port}/"

    @property
    def moved(self) -> bool:
        """Whether the wanted port was busy."""
        return self._wanted not in (0, self.port)

    async def start(self) -> None:
        """Listen on the wanted port or the next free one; raises OSError when twenty are busy."""
        last = self._wanted + PORTS_TRIED if self._wanted else 0
        for port in range(self._wanted, last + 1):
            try:
                await self._listen(port)
            except OSError:
                if port == last:
                    raise
            else:
                return

    async def stop(self) -> None:
        """End every stream, finish what follows the last act, free the port."""
        self._ended.set()
        await self._acts.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _listen(self, port: int) -> None:
        # The gate knows its own address, so the port is bound before the application is made.
        listening = socket.create_server((HOST, port))
        self.port = listening.getsockname()[1]
        gate = Gate(self.port, images=self._slack.world.address)
        app = web.Application(middlewares=[gate.middleware()], client_max_size=LARGEST)
        app.on_response_prepare.append(gate.sign)
        app.router.add_get("/", self._index)
        app.router.add_static("/static/", STATIC)
        app.router.add_get("/screen", self._screen)
        app.router.add_get("/news", self._news)
        app.router.add_post("/act", self._act)
        app.router.add_post("/step", self._step)
        app.router.add_post("/question", self._question)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()

    def _user(self, request: web.Request) -> User:
        """Whom this tab acts as: somebody of the cast, else the one whom a newcomer acts as."""
        user = self._slack.workspace.users.get(request.query.get("as", ""))
        return self._first if user is None or user.is_bot or user.deleted else user

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _screen(self, request: web.Request) -> web.Response:
        user = self._user(request)
        screen = shown.everything(self._slack, user)
        command = manifest()["features"]["slash_commands"][0]
        helped = [row.help for row in SUBCOMMANDS.values() if row.help]
        return web.json_response(
            screen
            | {
                "people": shown.people(self._slack, self._roles),
                "command": {key: command[key] for key in ("command", "description", "usage_hint")},
                "usage": [{"group": h.group, "example": h.example, "gloss": h.gloss} for h in helped],
                "steps": self._steps.people() if self._steps else None,
                "opens": self._opens(user),
                "pictures": self._slack.world.address,
                "shortcuts": shown.shortcuts(self._slack, user),
            }
        )

    async def _news(self, request: web.Request) -> web.StreamResponse:
        last = request.headers.get("Last-Event-ID")
        since = int(last) + 1 if last and last.isdecimal() else _number(request.query.get("since"))
        return await news.stream(
            request,
            self._slack,
            self._user(request),
            since=since,
            calls=request.query.get("calls") == "1",
            ended=self._ended,
        )

    async def _act(self, request: web.Request) -> web.Response:
        try:
            act = Act.model_validate_json(await request.read())
        except ValidationError:
            return _told("That is no act.", status=400)
        try:
            return web.json_response(await self._acts.do(self._user(request), act))
        except CannotActError as error:
            return _told(str(error), status=200)  # a sentence for the person, no fault of the page

    async def _step(self, request: web.Request) -> web.Response:
        try:
            given: Any = await request.json()
            to = given["to"]
        except (ValueError, TypeError, KeyError):
            return _told("Say where to: hour, day or monday.", status=400)
        if not isinstance(to, str) or to not in STEPS:
            return _told("Say where to: hour, day or monday.", status=400)
        before = self._digest()
        await self._passing.step(to)
        fresh = self._digest() is not before
        return web.json_response({"now": unix(self._slack.world.clock()), "fresh": fresh})

    async def _question(self, _: web.Request) -> web.Response:
        """Where the question is that a newcomer answers; it is asked if none is open."""
        if self._steps is None:
            return _told("This page has no steps.", status=400)
        async with self._passing.turn:
            try:
                place, asked = await self._steps.question()
            except CannotActError as error:
                return _told(str(error), status=200)
        await self._passing.seconds(AFTER_AN_ACT)
        return web.json_response({"place": place, "asked": asked})

    def _opens(self, user: User) -> str:
        """The address of the newest digest; empty for somebody who does not see it."""
        digest = self._digest()
        sees = self._steps is not None and user.id in self._steps.team.members
        return address_of(digest) if digest and sees else ""

    def _digest(self) -> Message | None:
        return newest_from_bot(self._steps.team) if self._steps else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _told(words: str, *, status: int) -> web.Response:
    return web.Response(status=status, text=json.dumps({"cannot": words}), content_type="application/json")
