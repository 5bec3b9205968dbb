"""What people do every day: they answer, change their mind, write, type commands; and what they read then."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.sandbox import FakeSlack
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.feed import Event
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from tests.simulated.judging.click_judge import RATE
from tests.simulated.judging.judge import Judge
from tests.simulated.judging.testimony import PATIENCE, Written
from tests.simulated.machine.chance import source
from tests.simulated.plan import Plan

HEARD = {
    *("ephemeral.posted", "ephemeral.updated", "ephemeral.deleted", "trouble"),
    *("view.opened", "view.pushed", "view.updated"),
}
LATE = "This has closed"  # a form says that nothing of it was saved
RECENT = 30  # messages; a question that is open is among them
CHANGES_MIND, CLICKS_TWICE, SENT_AGAIN, WRITES = 0.2, 0.15, 0.12, 0.35
TONES = (
    *("The price is too high", "The support was great", "It is slow", "All as usual"),
    "<!channel> *look* <https://evil.example|here>",
)


class Balance(Protocol):
    """The balancer in front of the replicas."""

    def turn(self) -> str:
        """The next request goes to any one that runs; its name, empty where there is none."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody begins to do, and the process that it goes to."""

    user: User
    what: str
    at: datetime
    since: int
    taken_by: str


class People:
    """Everybody at work, through whichever replica the balancer names."""

    def __init__(self, slack: FakeSlack, plan: Plan, judge: Judge, balance: Balance) -> None:
        self.slack, self.judge, self._balance = slack, judge, balance
        self.chance = source("people", plan.seed)
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
        return self.slack.workspace.users[user_id]

    def question_in(self, channel_id: str) -> Message | None:
        """The newest question that stands there with its buttons."""
        for message in reversed(self.channels[channel_id].messages[-RECENT:]):
            if RATE.search(json.dumps(message.blocks)):
                return message
        return None

    def begin(self, user: User, what: str) -> Act:
        """Somebody is about to do something; which process it goes to is drawn now."""
        taken_by = self._balance.turn()
        return Act(user, what, self.slack.world.clock(), len(self.slack.feed), taken_by)

    async def hears(self, act: Act) -> None:
        """Whoever does something reads something, unless that very process was killed meanwhile."""
        slack, place = self.slack, act.since
        while True:
            events = len(slack.feed)
            if any(_reaches(slack, slack.feed[number], act.user) for number in range(place, events)):
                return
            place = events
            if slack.world.clock() >= act.at + PATIENCE:
                break
            await asyncio.sleep(0.25)
        if not self.judge.seen.died(act.taken_by, act.at):
            self.judge.find(
                "met with silence", f"{act.user.id}: {act.what}, taken by {act.taken_by or 'nobody'}"
            )

    # Answers

    async def answer(self, user: User, question: Message) -> None:
        """Choose a point, perhaps twice, and perhaps write something."""
        chance = self.chance
        points = _points(question)
        first = self._click(user, question, chance.choice(points))
        if chance.random() < CLICKS_TWICE:
            second = self._click(user, question, chance.choice(points))
            await asyncio.gather(first, second)
        else:
            outcome = await first
            if outcome is not None and chance.random() < SENT_AGAIN:
                await asyncio.sleep(chance.uniform(0, 3))
                self._balance.turn()
                await self.slack.redeliver(outcome)
        await asyncio.sleep(chance.uniform(1, 8))
        await self._write(user, question.channel_id)
        if chance.random() < CHANGES_MIND:
            await asyncio.sleep(chance.uniform(0, 60))
            await self._click(user, question, chance.choice(points))

    async def answer_too_late(self, user: User, seen: Message) -> None:
        """Choose a point on a screen that still shows buttons, after the close."""
        point = self.chance.choice(_points(seen))
        self._is_about_to_choose(user, seen, point)
        act = self.begin(user, f"{point} too late")
        try:
            outcome = await self.slack.click(user, seen, point)
        except CannotActError:
            return
        self.judge.clicks.clicked_late(user.id, outcome)
        await self.hears(act)

    def _is_about_to_choose(self, user: User, question: Message, point: str) -> None:
        seen = self.judge.seen
        seen.points[user.id].add(int(point.split("/")[1]))
        for wave_id in RATE.findall(json.dumps(question.blocks)):
            seen.clicked_in[wave_id].add(user.id)

    async def _click(self, user: User, question: Message, point: str) -> Outcome | None:
        self._is_about_to_choose(user, question, point)
        act = self.begin(user, f"{point} in {question.channel_id}")
        try:
            outcome = await self.slack.click(user, question, point)
        except CannotActError:
            return None
        self.judge.clicks.clicked(user.id, outcome, act.taken_by)
        await self.hears(act)
        return outcome

    async def _write(self, user: User, channel_id: str) -> None:
        views = self.slack.views(user)
        try:
            if views and self.chance.random() < WRITES and views[-1].body["callback_id"] == "comment":
                await self._send_comment(user, views[-1], self.slack.channel(channel_id).name)
            await self.close_views(user)
        except CannotActError:
            return

    async def _send_comment(self, user: User, view: View, channel: str) -> None:
        self._spoken += 1
        seen, token = self.judge.seen, f"zq{channel} {self._spoken}"
        wave_id = json.loads(view.body["private_metadata"])["wave"]
        seen.tokens[user.id].add(token)
        seen.wrote_in[wave_id].add(user.id)
        act = self.begin(user, "a comment")
        text = f"{self.chance.choice(TONES)} {token}"
        outcome = await self.slack.submit(user, view, {"comment": text})
        late = any(view.body["title"]["text"] == LATE for view in self.slack.views(user))
        written = Written(user.id, wave_id, token, act.at)
        if outcome.ok and not late:
            self.judge.erasures.wrote(written)
        elif not outcome.errors:
            if not late:
                self.judge.erasures.may_have_written(written)
            await self.hears(act)

    async def close_views(self, user: User) -> None:
        """Close whatever is open."""
        while self.slack.views(user):
            await self.slack.close_view(user, self.slack.views(user)[-1])

    # Commands

    async def command(self, user: User, channel: Channel, words: str) -> str:
        """Type a command; what its answer says, empty where none came to the person in the channel."""
        act = self.begin(user, f"/pulse {words}")
        await self.slack.command(user, channel, "/pulse", words)
        await self.hears(act)
        said = [
            self.slack.feed[number]["message"]["text"]
            for number in range(act.since, len(self.slack.feed))
            if self.slack.feed[number].kind == "ephemeral.posted"
            and self.slack.feed[number]["user"] == user.id
        ]
        await self.close_views(user)
        return said[-1] if said else ""


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
