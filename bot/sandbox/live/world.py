"""The state of the fake Slack in one place, handed to everything that changes it."""

from bot.sandbox.live.homes import Homes
from bot.sandbox.live.screens import Screens
from bot.sandbox.live.sockets import Sockets
from bot.sandbox.live.tickets import ResponseUrls, Triggers
from bot.sandbox.model.app import App
from bot.sandbox.model.clock import Clock, Moments
from bot.sandbox.model.feed import Feed
from bot.sandbox.model.files import Files
from bot.sandbox.model.messages import Message
from bot.sandbox.model.workspace import Workspace


class World:
    """One workspace with one installed app, at the time that `clock` gives.

    `address` is where the fake listens, set by its server once it does.
    """

    def __init__(self, *, clock: Clock, workspace: Workspace, app: App) -> None:
        self.clock = clock
        self.workspace = workspace
        self.app = app
        self.moments = Moments(clock)
        self.feed = Feed(clock)
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(clock, workspace.team.id)
        self.screens = Screens(workspace.team.id, app, self.moments, self.feed)
        self.homes = Homes(workspace.team.id, app, self.moments, self.feed)
        self.sockets = Sockets(self.feed, app.id)
        self.whispers: list[Message] = []
        self.files = Files()
        self.address = ""
