"""A history through the real bot: people click and type, time passes, and whatever anybody sees is kept.

It knows commands, buttons, forms and messages of the product, and nothing of what is behind them.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from bot.sandbox.model.messages import Message
from bot.sandbox.model.views import View
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.edition_ids import HOW, SHARE
from jobs.messages.layout.product_ids import CHANGE_ROLE, NOT_SAID, ROLE_BLOCK
from storage.records import Sentiment, Touchpoint
from tests.conftest import Running
from tests.simulation import history as h
from tests.simulation.playable import asked_by, reader_of, rule_of
from tests.simulation.real_stage import TEAM_CHANNEL, Stage, channel_id, user_id

SHOWN = ("message", "ephemeral", "view.opened", "view.pushed", "view.updated", "trouble")
AHEAD = timedelta(minutes=1)  # a schedule is made so long before its first time
POSTED = timedelta(seconds=2)  # after which the next message of a thread goes out
WORDS = {
    Sentiment.NEGATIVE: "This is bad",
    Sentiment.NEUTRAL: "This is as usual",
    Sentiment.POSITIVE: "This is great",
}
ABOUT = {
    Touchpoint.BILLING: "the invoices and the price",
    Touchpoint.SUPPORT: "the support team",
    Touchpoint.USABILITY: "how easy it is to use",
    Touchpoint.PERFORMANCE: "how fast it loads",
}
HERE = ("score", "score nps 7d", "trend", "why", "comments", "answers")  # asked in each channel
THERE = (
    *("score", "score 30d", "score 90d", "contrast", "trend", "trend 6m", "why"),
    *("comments", "comments cx negative", "comments wishes", "digest preview"),
)

OF_GROUPS = ("score", "trend about atlas", "contrast about atlas")


class Line(NamedTuple):
    """Something that was shown, after which event and where; `own` is the slot of whoever alone sees it."""

    event: int
    place: str
    own: h.Slot | None
    text: str


@dataclass(slots=True)
class Known:
    """What the lead knows of what was asked: numbers, by wave and by pulse; a restored copy knows less."""

    made: int = 0  # pulses
    waves: dict[str, int] = field(default_factory=dict)
    schedules: dict[str, int] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    products: list[str] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)


class RealBot:
    """Plays a history. `points` says what is chosen in each slot; `lines` becomes all that is shown.

    `answers` reads which answers the database holds, by wave and person; `given` becomes all that ever were.
    """

    def __init__(
        self,
        stage: Stage,
        history: h.History,
        points: Mapping[h.Slot, h.Points],
        *,
        answers: Callable[[], set[tuple[str, str]]],
    ) -> None:
        self.stage, self.slack, self.history, self.points = stage, stage.slack, history, points
        self.answers, self.given = answers, dict[tuple[str, str], h.Slot]()
        self.reader = user_id(reader_of(history))
        self.lines: list[Line] = []
        self.asked: dict[str, Message] = {}  # by wave
        self.known, self._copied = Known(), Known()
        self.wordings = Counter[str]()
        self._event, self._read, self._own = 0, 0, None
        self._does: dict[type, Callable[[Any], Awaitable[None]]] = {
            h.Ask: self.ask,
            h.Answers: self.answer,
            h.Tick: self.go_on,
            h.Edition: self.go_on,
            h.Forget: self.forget,
            h.TakeDown: self.take_down,
            h.ChangeRole: self.change_role,
            h.SetSmallestGroup: self.change_setting,
            h.SetWeeks: self.change_setting,
            h.Reword: self.reword,
            h.End: self.end,
            h.Copy: self.copy,
            h.Restore: self.restore,
            h.Join: self.join_or_leave,
            h.Leave: self.join_or_leave,
            h.Correct: self.correct,
            h.Hide: self.correct,
            h.SetGroup: self.set_group,
            h.Enter: self.enter,
        }

    @property
    def running(self) -> Running:
        """The bot that runs now."""
        return self.stage.running

    async def play(self, look_after: Iterable[int]) -> None:
        """All events in order; after some of them everything is asked for that anybody may see."""
        looks = frozenset(look_after)
        for place, event in enumerate(self.history.events):
            self._event = place
            if not isinstance(event, h.Ask):
                self.running.clock.set(event.at)
            await self._does[type(event)](event)
            if place in looks:
                await self.look()
            self._keep()

    async def ask(self, event: h.Ask) -> None:
        """A question is ordered by form, or its schedule goes on until it has asked; not after its end."""
        pulse, clock, known = self.history.pulses[event.pulse], self.running.clock, self.known
        if pulse.id in known.ended:
            return
        clock.set(event.at - AHEAD if pulse.scheduled else event.at)
        channel = self.slack.channel(channel_id(pulse.channel))
        before, number = len(channel.messages), known.schedules.get(pulse.id)
        if number is None:
            await self._order(event)
        else:
            await self.type(channel.id, f"resume {number}")
        clock.set(event.at)
        await self.running.settle()
        if len(channel.messages) > before:
            known.made += number is None
            self.asked[event.wave] = channel.messages[-1]
            number = known.waves[event.wave] = number or known.made
        if number and not pulse.anew:
            known.schedules[pulse.id] = number
            await self.type(channel.id, f"pause {number}")
        if pulse.product not in known.products:
            known.products.append(pulse.product)
            words = f"digest {pulse.product} from {self._sources()} weekly fri 15:00 UTC"
            offer = await self.type(TEAM_CHANNEL, words)
            if "Set it up" in offer.text:
                await self.slack.click(self.reader, offer, "digest_set")
                await self.running.bot.finish()
            if pulse.product == self.history.whole:
                products, team_id = self.running.bot.store.products, self.slack.workspace.team.id
                if (found := await products.find(team_id, pulse.product)) and not found.whole:
                    await products.mark(found, whole=True, at=clock())

    async def _order(self, event: h.Ask) -> None:
        """Fill in the form and say yes to its preview."""
        pulse = self.history.pulses[event.pulse]
        values = {
            "instrument": pulse.instrument,
            "product": pulse.product,
            "subject": "" if pulse.subject == pulse.product else pulse.subject,
            "channel": channel_id(pulse.channel),
            "open_for": f"{(event.closes_at - event.at).days}d",
            "names": "named" if pulse.named else "confidential",
        }
        if pulse.scheduled:
            asked = [event] if pulse.anew else asked_by(self.history, pulse.id)
            often = rule_of(asked)
            values |= {"words": often, "zone": "UTC"}
        words = "schedule" if pulse.scheduled else "ask"
        await self.slack.command(self.reader, channel_id(pulse.channel), "/pulse", words)
        await self.running.bot.finish()
        await self.slack.submit(self.reader, self.top(self.reader), values)
        await self.running.bot.finish()
        if self.top(self.reader).body["callback_id"] == "new_name":
            await self.slack.submit(self.reader, self.top(self.reader), {"name": "new"})
            await self.running.bot.finish()
        preview = self.top(self.reader)
        if "submit" in preview.body:  # else it says why this cannot be asked
            await self.slack.submit(self.reader, preview)
            await self.running.bot.finish()
        while self.slack.views(self.reader):
            await self.slack.close_view(self.reader, self.top(self.reader))

    async def answer(self, event: h.Answers) -> None:
        """People click or fill in the form, and some write."""
        question = self.asked.get(event.wave)
        if question is None or question.deleted or not _has_buttons(question):
            return  # a restored copy has closed it
        channel = self.slack.channel(question.channel_id)
        for one in event.given:
            if user_id(one.person) in channel.members:
                self._keep()
                await self._give(question, (event.wave, one.person), one)
                self._keep((event.wave, one.person))
                new = self.answers() - self.given.keys()
                self.given |= dict.fromkeys(new, (event.wave, one.person))

    async def _give(self, question: Message, slot: h.Slot, given: h.Given) -> None:
        user, points = user_id(slot[1]), self.points[slot]
        pulse = self._pulse(slot[0])
        values = self._written(given.comment, named=pulse.named)
        if INSTRUMENTS[pulse.instrument].has_form:
            await self.slack.click(user, question, "open_form")
            values |= {f"item/{item}": str(point) for item, point in enumerate(points, start=1)}
        else:
            await self.slack.click(user, question, f"point/{points[0]}")
        await self.running.bot.background.drain()
        if given.role and self.slack.views(user) and _asks(self.top(user), ROLE_BLOCK):
            values |= {ROLE_BLOCK: given.role.value}
        if values and self.slack.views(user):
            await self.slack.submit(user, self.top(user), values)
            await self.running.bot.background.drain()
        while self.slack.views(user):
            await self.slack.close_view(user, self.top(user))

    def _written(self, comment: h.Comment | None, *, named: bool) -> dict[str, Any]:
        if comment is None:
            return {}
        about = ABOUT.get(comment.topic, "all of it") if comment.topic else "all of it"
        text = f"{WORDS[comment.tone]}: {about}. {'Please add more. ' if comment.wish else ''}{comment.text}"
        return {"comment": text} | ({"allow": ["quote"]} if comment.ticked and not named else {})

    async def go_on(self, _: h.Tick | h.Edition) -> None:
        """The bot does what is due, and sends what follows from it."""
        for _turn in range(2):
            await self.running.settle()
            self.running.clock.step(POSTED)

    async def change_setting(self, event: h.SetSmallestGroup | h.SetWeeks) -> None:
        """The operator changes a setting and starts the bot again."""
        if isinstance(event, h.SetWeeks):
            await self.stage.restart(BIFOCAL_ROUND_WEEKS=str(event.weeks))
        else:
            await self.stage.restart(BIFOCAL_MIN_GROUP=str(event.k))

    async def reword(self, event: h.Reword) -> None:
        """A version of the product with another wording is installed, if it is not yet."""
        self.wordings[event.pulse] += 1
        await self.stage.restart(wording=1 + max(self.wordings.values()))

    async def copy(self, _: h.Copy) -> None:
        """The operator copies the database."""
        await self.stage.copy()
        self._copied = deepcopy(self.known)

    async def restore(self, _: h.Restore) -> None:
        """The operator puts the copy back; no number is given out twice."""
        await self.stage.restore()
        self.known, made = deepcopy(self._copied), self.known.made
        self.known.made = made

    async def end(self, event: h.End) -> None:
        """A lead ends a schedule, or each order by which a question was asked, and lets go what waits."""
        known = self.known
        numbers = {known.waves[wave] for wave in known.waves if self._pulse(wave).id == event.pulse}
        for number in sorted(numbers):
            message = await self.type(channel_id(self.history.pulses[event.pulse].channel), f"end {number}")
            await self._press(self.reader, message, "end_schedule")
        known.ended.add(event.pulse)
        await self.running.settle()

    async def forget(self, event: h.Forget) -> None:
        """Somebody presses the button that erases everything of them."""
        user = user_id(event.person)
        channel = next(one for one in self.slack.workspace.channels.values() if user in one.members)
        self._keep()
        message = await self.type(channel.id, "forget", user=user)
        self._keep(("", event.person))
        await self._press(user, message, "forget")

    async def change_role(self, event: h.ChangeRole) -> None:
        """Somebody says another role in what is kept of them, if they were asked."""
        user = user_id(event.person)
        channel = next(one for one in self.slack.workspace.channels.values() if user in one.members)
        self._keep()
        message = await self.type(channel.id, "me", user=user)
        for block in message.blocks:
            if block.get("accessory", {}).get("action_id") == CHANGE_ROLE:
                await self.slack.click(user, message, CHANGE_ROLE)
                await self.running.bot.background.drain()
                await self.slack.submit(user, self.top(user), {ROLE_BLOCK: event.role or NOT_SAID})
                await self.running.bot.background.drain()
                while self.slack.views(user):
                    await self.slack.close_view(user, self.top(user))
        self._keep(("", event.person))

    async def take_down(self, event: h.TakeDown) -> None:
        """A lead takes a wave down, if it was asked and is still there."""
        number = self.known.waves.get(event.wave)
        if number is None:
            return
        message = await self.type(self.asked[event.wave].channel_id, f"takedown {number}")
        await self._press(self.reader, message, "take_down")
        await self.running.settle()

    async def _press(self, user: str, message: Message, action_id: str) -> None:
        """Press a button and say yes, if it is there."""
        for element in _elements(message):
            if element.get("action_id") == action_id:
                await self.slack.click(
                    user, message, action_id, confirm=True if "confirm" in element else None
                )
                await self.running.bot.finish()

    async def join_or_leave(self, event: h.Join | h.Leave) -> None:
        """Somebody comes into a channel, or leaves it."""
        members, user = self.slack.channel(channel_id(event.channel)).members, user_id(event.person)
        if isinstance(event, h.Join) and user not in members:
            members.append(user)
        elif isinstance(event, h.Leave) and user in members:
            members.remove(user)

    async def set_group(self, event: h.SetGroup) -> None:
        """A lead makes a group of channels, or removes it."""
        channels = " ".join(f"#{name.lower()}" for name in sorted(event.channels))
        words = f"group {event.name} = {channels}" if channels else f"group remove {event.name}"
        told = await self.type(TEAM_CHANNEL, words)
        if "now" in told.text:
            self.known.groups.add(event.name)
        self.known.groups -= set() if channels else {event.name}

    async def enter(self, event: h.Enter) -> None:
        """A lead enters a figure from elsewhere."""
        await self.type(TEAM_CHANNEL, f"outcome {event.value} on {event.at.date()} about {event.product}")

    async def correct(self, event: h.Correct | h.Hide) -> None:
        """A lead chooses another tone of a comment, or hides it, if it is listed."""
        what = "Hide this comment" if isinstance(event, h.Hide) else f"Tone: {event.tone}"
        for channel in self._channels():
            for product in self.known.products:
                async for page in self._pages(channel, f"comments about {product}"):
                    for block, element in _menus(page):
                        if event.text in json.dumps(block):
                            value = next(o["value"] for o in element["options"] if o["text"]["text"] == what)
                            await self.slack.select(
                                self.reader, page, element["action_id"], value, block_id=block["block_id"]
                            )
                            await self.running.bot.finish()
                            return

    async def look(self) -> None:
        """Ask for everything that a lead, a member or a reader of the digest may see."""
        for channel in (*self._channels(), TEAM_CHANNEL):
            await self.type(channel, "list")
            for product in self.known.products:
                for words in THERE if channel == TEAM_CHANNEL else HERE:
                    await self.type(channel, f"{words} about {product}")
        for group in sorted(self.known.groups):
            for words in OF_GROUPS:
                await self.type(TEAM_CHANNEL, f"{words} group {group}")
        await self._look_behind_the_digest()

    async def _look_behind_the_digest(self) -> None:
        """Read how the newest digest was made, and share it with everybody who was asked, if that is new."""
        buttons = {
            element.get("action_id"): message
            for message in self.slack.channel(TEAM_CHANNEL).messages
            for element in _elements(message)
            if not message.deleted
        }
        for name in (HOW, SHARE):
            if name in buttons:
                await self._press(self.reader, buttons[name], name)
                await self.running.bot.background.drain()
                for _form in range(2 if name == SHARE else 0):
                    if self.slack.views(self.reader) and "submit" in self.top(self.reader).body:
                        await self.slack.submit(self.reader, self.top(self.reader))
                        await self.running.bot.finish()
                while self.slack.views(self.reader):
                    await self.slack.close_view(self.reader, self.top(self.reader))

    async def _pages(self, channel: str, words: str) -> AsyncIterator[Message]:
        message = await self.type(channel, words)
        while True:
            yield message
            more = [element for element in _elements(message) if element.get("action_id") == "more_comments"]
            if not more:
                return
            await self.slack.click(self.reader, message, "more_comments")
            await self.running.bot.finish()

    async def type(self, channel: str, words: str, *, user: str | None = None) -> Message:
        """Type `/pulse words`; the message that this person alone sees."""
        await self.slack.command(user or self.reader, channel, "/pulse", words)
        await self.running.bot.finish()
        return self.slack.ephemerals(user or self.reader, channel)[-1]

    def top(self, user: str) -> View:
        """The form that somebody has before them."""
        return self.slack.views(user)[-1]

    def _keep(self, own: h.Slot | None = None) -> None:
        """Write down what was shown since; what is `own` only where it is shown to one person."""
        feed = self.slack.feed
        for number in range(self._read, len(feed)):
            shown = feed[number]
            if shown.kind.startswith(SHOWN):
                facts = shown.facts
                place = f"{facts.get('channel', 'form')} {facts.get('user', '')}"
                text = json.dumps({"kind": shown.kind, **facts}, sort_keys=True)
                self.lines.append(Line(self._event, place, own if "user" in facts else None, text))
        self._read = len(feed)

    def _pulse(self, wave: str) -> h.Pulse:
        asked = (event for event in self.history.events if isinstance(event, h.Ask))
        return next(self.history.pulses[event.pulse] for event in asked if event.wave == wave)

    def _channels(self) -> list[str]:
        return [channel_id(name) for name in sorted(self.history.channels)]

    def _sources(self) -> str:
        return " ".join(f"#{name.lower()}" for name in sorted(self.history.channels))


def _elements(message: Message) -> Iterator[dict[str, Any]]:
    for block in message.blocks:
        yield from block.get("elements", ())


def _menus(message: Message) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for block in message.blocks:
        if block.get("accessory", {}).get("type") == "overflow":
            yield block, block["accessory"]


def _asks(view: View, block_id: str) -> bool:
    return any(block.get("block_id") == block_id for block in view.body["blocks"])


def _has_buttons(question: Message) -> bool:
    return any(block["type"] == "actions" for block in question.blocks)
