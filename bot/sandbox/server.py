"""The fake Slack itself: everything put together behind one loopback port."""

import asyncio
from datetime import UTC
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.sandbox.acting.app_surfaces import AppSurfaces
from bot.sandbox.acting.delivery import ACK_SECONDS, Courier
from bot.sandbox.acting.responses import Responses
from bot.sandbox.api.faults import Faults
from bot.sandbox.api.limits import Limits
from bot.sandbox.api.web_api import WebApi
from bot.sandbox.live import uploads
from bot.sandbox.live.world import World
from bot.sandbox.model.app import App
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.clock import Clock
from bot.sandbox.model.feed import Event
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import Team, User
from bot.sandbox.model.views import View
from bot.sandbox.model.workspace import Workspace

HOST = "127.0.0.1"


class FakeSlack(AppSurfaces):
    """A strict Slack with one workspace and one installed app.

    `async with FakeSlack(clock=clock) as slack:` listens on a free port of loopback; `slack.api_url`
    is the bot's base URL for the Web API, `slack.bot_url` is to be set to the bot's own address
    (without it, acts go through the bot's websocket). Build the workspace with
    `slack.workspace.add_user` and `slack.add_channel`; people act by `slack.click`,
    `.command`, `.submit` and their like; `slack.feed` holds everything that happened.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        team: Team | None = None,
        app: App | None = None,
        port: int = 0,
        ack_seconds: float = ACK_SECONDS,
    ) -> None:
        self.app = app or App()
        self.workspace = Workspace(team or Team("T0SANDBOX", "Sandbox", "sandbox"))
        world = World(clock=clock, workspace=self.workspace, app=self.app)
        super().__init__(world, Courier(world, ack_seconds=ack_seconds))
        self.bot = self.workspace.add_user(
            "Bifocal", id=self.app.bot_user_id, name="bifocal", is_bot=True, tz="UTC"
        )
        self.feed = world.feed
        self.files = world.files
        self.sockets = world.sockets
        self.faults = Faults()
        self.limits = Limits(clock)
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        api = WebApi(self.world, self.faults, self.limits)
        responses = Responses(self.world, self.faults)
        app = web.Application(client_max_size=uploads.LARGEST)
        app.on_response_prepare.append(self._date)
        app.router.add_route("*", "/api/{method}", api.handle)
        app.router.add_post("/upload/v1/{secret}", api.receive)
        app.router.add_get("/files/{file}", self._picture)
        app.router.add_get("/link/", self.sockets.handle)
        app.router.add_post("/{kind:actions|commands}/{team}/{number}/{secret}", responses.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.world.address = f"http://{HOST}:{self._port}"

    async def stop(self) -> None:
        """Answer what waits in silence, then close every connection and the port."""
        self.faults.release()
        await asyncio.sleep(0)
        await self.sockets.close()
        await self.courier.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _date(self, _: web.Request, response: web.StreamResponse) -> None:
        """The time of an answer is that of the one clock."""
        response.headers["Date"] = format_datetime(self.world.clock().astimezone(UTC), usegmt=True)

    async def _picture(self, request: web.Request) -> web.Response:
        return uploads.picture(self.world, request.match_info["file"])

    @property
    def api_url(self) -> str:
        """The base URL for AsyncWebClient, ending in a slash."""
        return f"{self.world.address}/api/"

    @property
    def bot_url(self) -> str | None:
        """The bot's own address without a path; None sends through Socket Mode."""
        return self.courier.bot_url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        self.courier.bot_url = url.rstrip("/") if url else None

    def add_channel(self, name: str, *people: User, bot: bool = True, **traits: Any) -> Channel:
        """A channel with these people in it, and the bot unless told otherwise; `traits` as in Channel."""
        members = [*people, self.bot] if bot else list(people)
        return self.workspace.add_channel(name, members=members, **traits)

    def channel(self, channel_id: str) -> Channel:
        """The channel; its `messages` are what stands there now, oldest first."""
        return self.workspace.channels[channel_id]

    def views(self, user: User | str) -> list[View]:
        """The modal views that a person has open, the one on top last."""
        return self.world.screens.of(_id(user))

    def home(self, user: User | str) -> View | None:
        """The Home tab as it stands before a person; None before the bot has published one."""
        return self.world.homes.of(_id(user))

    def ephemerals(self, user: User | str, channel: Channel | str | None = None) -> list[Message]:
        """The messages that a person alone sees (in one channel), oldest first."""
        place = channel.id if isinstance(channel, Channel) else channel
        return [
            message
            for message in self.world.whispers
            if message.viewer == _id(user) and place in (None, message.channel_id)
        ]

    def dms(self, user: User | str) -> list[Message]:
        """The direct messages between the bot and a person, oldest first."""
        dm = self.workspace.dm(_id(user))
        return list(dm.messages) if dm else []

    @property
    def troubles(self) -> list[Event]:
        """Every time that Slack had to tell a person that the bot failed them."""
        return self.feed.of("trouble")


def _id(user: User | str) -> str:
    return user if isinstance(user, str) else user.id
