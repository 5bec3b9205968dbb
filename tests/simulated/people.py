"""What people do: they answer, change their mind, write, ask, and want to be forgotten."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Protocol

from bot.sandbox import FakeSlack
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.feed import Event
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.simulated.judge import RATE, Judge
from tests.simulated.machine.chance import source
from tests.simulated.plan import Plan

HEARD = {
    *("ephemeral.posted", "ephemeral.updated", "ephemeral.deleted", "trouble"),
    *("view.opened", "view.pushed", "view.updated"),
}
PATIENCE = 30.0  # seconds within which everybody reads something
CHANGES_MIND, CLICKS_TWICE, SENT_AGAIN, WRITES = 0.2, 0.15, 0.12, 0.35
COMMANDS = (
    *("score", "score 30d", "trend", "contrast", "list", "me", "help", "why", "comments"),
    *("scroe nps", "score about Nothing", "ask nps about Atlas", "digest preview", "products"),
)
TONES = ("The price is too high", "The support was great", "It is slow", "All as usual")


class People:
    """Everybody at work, through whichever replica the balancer names."""

    def __init__(self, slack: FakeSlack, plan: Plan, judge: Judge, balance: "Balance") -> None:
        self._slack, self._plan, self._judge, self._balance = slack, plan, judge, balance
        self._chance = source("people", plan.seed)
        add = slack.workspace.add_user
        zone = plan.questions[0].zone
        self.lead = add("Priya Nair", id="U0LEAD", tz=zone)
        self.admin = add("Ada Boss", id="U0ADMIN", is_admin=True, tz=zone)
        self.people = [add(f"Person {number}", id=f"U0P{number:02d}") for number in range(plan.people)]
        self.few = [person.id for person in self.people[: plan.people // 2 + 1]]
        self.channels = {
            "C0ATLAS": slack.add_channel("atlas", self.lead, self.admin, *self.people, id="C0ATLAS"),
            "C0BOREA": slack.add_channel(
                "borea", *self.people[: len(self.few)], self.lead, id="C0BOREA", kind=Kind.PRIVATE
            ),
        }
        self._spoken = 0

    def user(self, user_id: str) -> User:
        """Somebody, by their id."""
        return self._slack.workspace.users[user_id]

    def question_in(self, channel_id: str) -> Message | None:
        """The newest question that stands there with its buttons."""
        for message in reversed(self.channels[channel_id].messages):
            if RATE.search(json.dumps(message.blocks)):
                return message
        return None

    async def answer(self, user: User, question: Message, *, late: bool = False) -> None:
        """Choose a point, perhaps twice, and perhaps write something."""
        chance = self._chance
        points = _points(question)
        first = self._click(user, question, chance.choice(points))
        if not late and chance.random() < CLICKS_TWICE:
            second = self._click(user, question, chance.choice(points))
            await asyncio.gather(first, second)
        else:
            outcome = await first
            if outcome is not None and chance.random() < SENT_AGAIN:
                await asyncio.sleep(chance.uniform(0, 3))
                self._balance.turn()
                await self._slack.redeliver(outcome)
        await asyncio.sleep(chance.uniform(1, 8))
        await self._write(user, question.channel_id)
        if not late and chance.random() < CHANGES_MIND:
            await asyncio.sleep(chance.uniform(0, 60))
            await self._click(user, question, chance.choice(points))

    async def answer_too_late(self, user: User, seen: Message) -> None:
        """Choose a point on a screen that still shows buttons, after the close."""
        point = self._chance.choice(_points(seen))
        self._judge.begins(user.id, int(point.split("/")[1]))
        self._balance.turn()
        try:
            outcome = await self._slack.click(user, seen, point)
        except CannotActError:
            return
        self._judge.clicked_late(user.id, outcome)

    async def _click(self, user: User, question: Message, point: str) -> Outcome | None:
        began, since = self._slack.world.clock(), len(self._slack.feed)
        self._judge.begins(user.id, int(point.split("/")[1]))
        self._balance.turn()
        try:
            outcome = await self._slack.click(user, question, point)
        except CannotActError:
            return None
        self._judge.clicked(user.id, outcome)
        await self._hears(user, began, since, f"{point} in {question.channel_id}")
        return outcome

    async def _write(self, user: User, channel_id: str) -> None:
        views = self._slack.views(user)
        if not views:
            return
        view = views[-1]
        self._spoken += 1
        try:
            if self._chance.random() < WRITES and view.body["callback_id"] == "comment":
                token = f"zq{self._slack.channel(channel_id).name} {self._spoken}"
                self._judge.written[user.id].add(token)
                text = f"{self._chance.choice(TONES)} {token}"
                began, since = self._slack.world.clock(), len(self._slack.feed)
                self._balance.turn()
                outcome = await self._slack.submit(user, view, {"comment": text})
                if not outcome.ok:
                    await self._hears(user, began, since, "a comment", told=bool(outcome.errors))
            while self._slack.views(user):
                await self._slack.close_view(user, self._slack.views(user)[-1])
        except CannotActError:
            return

    async def command(self, user: User, channel: Channel, words: str) -> str | None:
        """Type a command; what its answer says, where one came to the person in the channel."""
        began, since = self._slack.world.clock(), len(self._slack.feed)
        self._balance.turn()
        await self._slack.command(user, channel, "/pulse", words)
        await self._hears(user, began, since, f"/pulse {words}")
        said = [
            event["message"]["text"]
            for event in list(self._slack.feed)[since:]
            if event.kind == "ephemeral.posted" and event["user"] == user.id
        ]
        while self._slack.views(user):
            await self._slack.close_view(user, self._slack.views(user)[-1])
        return said[-1] if said else None

    async def forget(self, user: User, channel: Channel) -> None:
        """Want everything of oneself erased."""
        await self.command(user, channel, "forget")
        for message in reversed(self._slack.ephemerals(user, channel)):
            if '"action_id": "forget"' in json.dumps(message.blocks):
                self._judge.forgets(user.id)
                began, since = self._slack.world.clock(), len(self._slack.feed)
                self._balance.turn()
                await self._slack.click(user, message, "forget", confirm=True)
                await self._hears(user, began, since, "forget")
                self._judge.forgets(user.id)
                return

    async def _hears(self, user: User, began: datetime, since: int, act: str, *, told: bool = False) -> None:
        """Whoever does something reads something, unless the process was killed that was to say it."""
        slack, until = self._slack, self._slack.world.clock() + timedelta(seconds=PATIENCE)
        place = since
        while not told and slack.world.clock() < until:
            events = len(slack.feed)
            told = any(_reaches(slack, slack.feed[number], user) for number in range(place, events))
            place = events
            if not told:
                await asyncio.sleep(0.25)
        if not told and not self._judge.killed_since(began):
            self._judge.find("met with silence", f"{user.id}: {act}")


class Balance(Protocol):
    """The balancer in front of the replicas."""

    def turn(self) -> None:
        """The next request goes to any one that runs."""


def _reaches(slack: FakeSlack, event: Event, user: User) -> bool:
    kind, facts = event.kind, event.facts
    if kind in HEARD:
        return facts.get("user") == user.id
    if kind.startswith("message."):
        channel = slack.workspace.channels[facts["channel"]]
        return channel.members[:1] == [user.id] and channel.id.startswith("D")
    return False


def _points(question: Message) -> list[str]:
    return [
        element["action_id"]
        for block in question.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"].startswith("point/")
    ]
