"""What a person does on the page, done in the fake Slack: there it becomes a signed request to the bot."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.sandbox.acting import typed
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from bot.sandbox.page.clock_buttons import AFTER_AN_ACT, Passing
from bot.sandbox.server import FakeSlack

LOG = logging.getLogger(__name__)


class Act(BaseModel):
    """One act, as the page sends it. Where it is done: a message (`channel`, `ts`) or a `view`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["click", "select", "submit", "close", "command", "say", "write", "home", "shortcut"]
    channel: str = ""
    ts: str = ""
    view: str = ""
    action_id: str = ""
    block_id: str = ""
    value: str | list[str] | None = None
    confirm: bool | None = None
    everything: bool = False
    text: str = ""
    values: dict[str, Any] = {}


class Acts:
    """Does acts one after the other, each followed by what the bot does about it.

    Bolt's listeners end before the ack, what they began after it; the clock may move only after both, for a
    trigger lives three seconds by it.
    """

    def __init__(self, slack: FakeSlack, passing: Passing) -> None:
        self._slack = slack
        self._passing = passing
        self._following: set[asyncio.Task[None]] = set()

    async def do(self, user: User, act: Act) -> dict[str, Any]:
        """What the person is told: `errors` under inputs, `trouble` as Slack says it. CannotActError."""
        async with self._passing.turn:
            outcome = await self._done(user, act)
        task = asyncio.create_task(self._passing.seconds(AFTER_AN_ACT))
        self._following.add(task)
        task.add_done_callback(self._ended)
        return {"errors": dict(outcome.errors), "trouble": outcome.trouble}

    async def close(self) -> None:
        """Wait for what follows the last act."""
        await asyncio.gather(*self._following, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._following.discard(task)
        if not task.cancelled() and (error := task.exception()):
            LOG.error("the bot could not go on after an act", exc_info=error)

    async def _done(self, user: User, act: Act) -> Outcome:
        match act.kind:
            case "command":
                name, _, words = act.text.strip().partition(" ")
                return await self._slack.command(user, act.channel, name, words)
            case "say":
                self._slack.say(user, act.channel, _words(self._slack, user, act.text))
                return Outcome()
            case "submit":
                return await self._slack.submit(user, self._view(user, act.view), act.values)
            case "close":
                view = self._view(user, act.view)
                return await self._slack.close_view(user, view, everything=act.everything)
            case "write" | "home" | "shortcut":
                return await self._with_app(user, act)
        return await self._touched(user, act)

    async def _with_app(self, user: User, act: Act) -> Outcome:
        if act.kind == "home":
            return await self._slack.open_home(user)
        if act.kind == "shortcut":
            return await self._slack.shortcut(user, self._message(user, act), act.action_id)
        return await self._slack.write(user, _words(self._slack, user, act.text))

    async def _touched(self, user: User, act: Act) -> Outcome:
        where = self._view(user, act.view) if act.view else self._message(user, act)
        if isinstance(where, View) and not where.is_home:
            self._slack.fill(user, where, _inputs_of(where, act.values))
        if act.kind == "select":
            return await self._slack.select(
                user, where, act.action_id, act.value, block_id=act.block_id or None, confirm=act.confirm
            )
        value = act.value if isinstance(act.value, str) else None
        return await self._slack.click(
            user, where, act.action_id, block_id=act.block_id or None, value=value, confirm=act.confirm
        )

    def _view(self, user: User, name: str) -> View:
        home = self._slack.home(user)
        for view in (*self._slack.views(user), *([home] if home else [])):
            if view.id == name:
                return view
        raise CannotActError("that form is closed")

    def _message(self, user: User, act: Act) -> Message:
        place = self._slack.workspace.channels.get(act.channel)
        private = [one for one in self._slack.ephemerals(user, act.channel) if one.ts == act.ts]
        found = private[0] if private else place.message(act.ts) if place else None
        if found is None:
            raise CannotActError("that message is gone")
        return found


def _words(slack: FakeSlack, user: User, text: str) -> str:
    words = typed.escaped(slack.workspace, user, text.strip())
    if not words:
        raise CannotActError("there is nothing to send")
    return words


def _inputs_of(view: View, values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the inputs of the view as it is now; a block that an update took away is passed over."""
    return {block_id: value for block_id, value in values.items() if block_id in view.state}
