"""What people do now and then: take back, take down, be forgotten, change the digest, ask, mistype."""

import json
from datetime import datetime
from typing import Any

from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.simulated.judging.click_judge import moment_of
from tests.simulated.people import Act, People
from tests.simulated.plan import Schedule

COMMANDS = (
    *("score", "score 30d", "trend", "contrast", "list", "me", "help", "why", "comments"),
    *("ask nps about Atlas", "digest preview", "products", "mute", "unmute"),
)
STOPPED = "will not remind you or write to you any more"
MISTYPED = (
    *("scroe nps", "score about Nothing", "ask nps until yesterday", "ask nsp about Atlas"),
    *("schedule nps weekly blursday 09:00", "digest weekly mon 25:00", "close x", "score nps 0d"),
)
HELPFUL = "/pulse", "Button", "database", "try again", "tried again"
TIMES = 4  # how often somebody tries what does not work at once


class Acts:
    """The rarer acts. Each is done to its end, or tried again a few times as people do."""

    def __init__(self, people: People) -> None:
        self._people, self._slack, self._judge = people, people.slack, people.judge

    async def any_command(self, user: User, channel: Channel) -> None:
        """Type something that reads or asks, or what is to be heard of reminders."""
        words, stopped = self._people.chance.choice(COMMANDS), self._judge.seen.stopped
        if words == "unmute":
            stopped.pop(user.id, None)
        if STOPPED in await self._people.command(user, channel, words):
            stopped[user.id] = self._slack.world.clock()

    async def mistype(self, user: User, channel: Channel) -> None:
        """Type something wrong: the answer names a right form, and nothing has changed."""
        words = self._people.chance.choice(MISTYPED)
        before = self._led_by(user)
        said = await self._people.command(user, channel, words)
        if said and not any(help_ in said for help_ in HELPFUL):
            self._judge.find("an error without the right form", f"{words!r}: {said}")
        if user.id.startswith("U0P") and self._led_by(user) != before:
            self._judge.find("bad input changed something", f"{words!r} of {user.id}: {said}")

    def _led_by(self, user: User) -> list[tuple[object, ...]]:
        query = "select id, cadence from {} where leads like ?"
        tables = "pulse", "digest"
        return [row for table in tables for row in self._judge.file.rows(query.format(table), f"%{user.id}%")]

    async def forget(self, user: User, channel: Channel) -> None:
        """Want everything of oneself erased."""
        await self._people.command(user, channel, "forget")
        message = self._offering(user, channel, "forget")
        if message is not None:
            seen, act = self._judge.seen, self._people.begin(user, "forget")
            seen.wants_gone[user.id] = self._slack.world.clock()
            outcome = await self._press(act, message, "forget")
            seen.wants_gone[user.id] = self._slack.world.clock()
            if outcome and outcome.ok:
                seen.forgotten[user.id] = act.at

    async def take_back(self, user: User, channel: Channel) -> None:
        """Take one's newest answer back, by the button of its receipt."""
        message = self._offering(user, channel, "take_back")
        if message is None:
            return
        seen, act = self._judge.seen, self._people.begin(user, "take it back")
        wave_id = _value_of(message, "take_back")
        seen.wants_back[user.id, wave_id] = self._slack.world.clock()
        outcome = await self._press(act, message, "take_back")
        if outcome is None or outcome.delivery is None:
            return
        at = moment_of(outcome.delivery.payload["actions"][0]["action_ts"])
        seen.wants_back[user.id, wave_id] = max(at, seen.wants_back[user.id, wave_id])
        said = [words for heard, words in seen.heard[user.id] if heard >= act.at]
        if outcome.ok and any("is erased" in words for words in said):
            seen.taken_back[user.id, wave_id] = at

    async def take_down(self, channel: Channel, number: int) -> None:
        """The lead takes the newest asking of a question down."""
        lead = self._people.lead
        await self._people.command(lead, channel, f"takedown {number}")
        message = self._offering(lead, channel, "take_down")
        if message is None:
            return
        wave_id, act = _value_of(message, "take_down"), self._people.begin(lead, "take it down")
        await self._press(act, message, "take_down")
        said = [words for heard, words in self._judge.seen.heard[lead.id] if heard >= act.at]
        if any("taken down" in words for words in said):
            self._judge.erasures.is_told_gone(wave_id)

    async def change_digest(self, to: Schedule, owner: str) -> datetime | None:
        """The lead gives the digest another time; when it had it, None where that did not work."""
        lead, channel = self._people.lead, self._people.channels[to.channel_id]
        for _ in range(TIMES):
            await self._people.command(lead, channel, f"digest Atlas {to.rule} {to.zone}")
            message = self._offering(lead, channel, "digest_set")
            if message is not None:
                act = self._people.begin(lead, "change the digest")
                await self._press(act, message, "digest_set")
            if self._judge.file.rows("select 1 from digest where id = ? and cadence = ?", owner, to.rule):
                return self._slack.world.clock()
        return None

    def _offering(self, user: User, channel: Channel, action_id: str) -> Message | None:
        """The newest private message there with this button."""
        for message in reversed(self._slack.ephemerals(user, channel)):
            if f'"action_id": "{action_id}"' in json.dumps(message.blocks):
                return message
        return None

    async def _press(self, act: Act, message: Message, action_id: str) -> Outcome | None:
        try:
            asks = "confirm" in _button(message, action_id)
            outcome = await self._slack.click(act.user, message, action_id, confirm=True if asks else None)
        except CannotActError:
            return None
        await self._people.hears(act)
        self._judge.look()
        return outcome


def _value_of(message: Message, action_id: str) -> str:
    """What the button of this message carries."""
    return str(_button(message, action_id)["value"])


def _button(message: Message, action_id: str) -> dict[str, Any]:
    return next(
        element
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == action_id
    )
