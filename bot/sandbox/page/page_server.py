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
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.people import User
from bot.sandbox.page import news, shown
from bot.sandbox.page.acts import Act, Acts
from bot.sandbox.page.clock_buttons import STEPS, Passing
from bot.sandbox.page.gate import Gate
from bot.sandbox.server import HOST
from handlers.commands.command_table import SUBCOMMANDS

STATIC = Path(__file__).with_name("static")
PORTS_TRIED = 20
LARGEST = 256 * 1024


class Page:
    """`async with Page(stage, roles={...}, first=user) as page:` serves at `page.url`.

    `roles` says by id what somebody is in the story; `first` is who a newcomer acts as, and `place` the
    channel whose newest message they see first. `port` is where to begin to look for a free one, 0 takes any;
    `moved` tells whether another had to be taken.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        roles: Mapping[str, str],
        first: User,
        place: Channel | None = None,
        port: int = 0,
    ) -> None:
        self._stage = stage
        self._slack = stage.slack
        self._roles = roles
        self._first = first
        self._place = place
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
                "opens": shown.newest_in(self._place, user) if self._place else "",
                "pictures": self._slack.world.address,
                "shortcuts": [],  # until the bot has one
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
        await self._passing.step(to)
        return web.json_response({})


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _told(words: str, *, status: int) -> web.Response:
    return web.Response(status=status, text=json.dumps({"cannot": words}), content_type="application/json")
