"""A history through the real bot: people click and type, time passes, and whatever anybody sees is kept.

It knows commands, buttons, forms and messages of the product, and nothing of what is behind them.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from bot.sandbox.model.messages import Message
from bot.sandbox.model.views import View
from jobs.instruments import INSTRUMENTS
from storage.records import Sentiment, Touchpoint
from tests.conftest import Running
from tests.simulation import history as h
from tests.simulation.playable import reader_of
from tests.simulation.real_stage import TEAM_CHANNEL, channel_id, user_id

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
HERE = ("score", "score nps 7d", "comments")  # asked in each channel
THERE = ("score", "score 30d", "score 90d", "contrast", "comments", "comments cx negative", "digest preview")


class Line(NamedTuple):
    """Something that was shown, after which event and where; `own` is the slot of whoever alone sees it."""

    event: int
    place: str
    own: h.Slot | None
    text: str


class RealBot:
    """Plays a history. `points` says what is chosen in each slot; `lines` becomes all that is shown.

    `answers` reads which answers the database holds, by wave and person; `given` becomes all that ever were.
    """

    def __init__(
        self,
        running: Running,
        history: h.History,
        points: Mapping[h.Slot, h.Points],
        *,
        answers: Callable[[], set[tuple[str, str]]],
    ) -> None:
        self.running, self.slack, self.history, self.points = running, running.slack, history, points
        self.answers, self.given = answers, dict[tuple[str, str], h.Slot]()
        self.reader = user_id(reader_of(history))
        self.lines: list[Line] = []
        self.asked: dict[str, tuple[int, Message]] = {}  # number and message of each wave
        self.products: list[str] = []
        self._event, self._read, self._own = 0, 0, None
        self._does: dict[type, Callable[[Any], Awaitable[None]]] = {
            h.Ask: self.ask,
            h.Answers: self.answer,
            h.Tick: self.go_on,
            h.Edition: self.go_on,
            h.Forget: self.forget,
            h.TakeDown: self.take_down,
            h.SetSmallestGroup: self.stay,
            h.Join: self.join_or_leave,
            h.Leave: self.join_or_leave,
            h.Correct: self.correct,
            h.Hide: self.correct,
        }

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
        """Ask by form; a question with a schedule opens when its time has come."""
        pulse, clock = self.history.pulses[event.pulse], self.running.clock
        clock.set(event.at - AHEAD if pulse.scheduled else event.at)
        values = {
            "instrument": pulse.instrument,
            "product": pulse.product,
            "subject": "" if pulse.subject == pulse.product else pulse.subject,
            "channel": channel_id(pulse.channel),
            "open_for": f"{(event.closes_at - event.at).days}d",
            "names": "named" if pulse.named else "confidential",
        }
        if pulse.scheduled:
            values |= {"often": f"cron {event.at:%M %H %d %m} *", "zone": "UTC"}
        channel = self.slack.channel(channel_id(pulse.channel))
        await self.slack.command(self.reader, channel.id, "/pulse", "schedule" if pulse.scheduled else "ask")
        await self.running.bot.finish()
        await self.slack.submit(self.reader, self.top(self.reader), values)
        await self.running.bot.finish()
        before = len(channel.messages)
        await self.slack.submit(self.reader, self.top(self.reader))
        await self.running.bot.finish()
        clock.set(event.at)
        await self.running.settle()
        number = len(self.asked) + 1
        if len(channel.messages) > before:
            self.asked[event.wave] = number, channel.messages[-1]
        if pulse.product not in self.products:
            self.products.append(pulse.product)
            await self.type(
                TEAM_CHANNEL, f"digest {pulse.product} from {self._sources()} weekly fri 15:00 UTC"
            )

    async def answer(self, event: h.Answers) -> None:
        """People click or fill in the form, and some write."""
        _, question = self.asked.get(event.wave, (0, None))
        if question is None or question.deleted:
            return
        channel = self.slack.channel(question.channel_id)
        for one in event.given:
            if user_id(one.person) in channel.members:
                self._keep()
                await self._give(question, (event.wave, one.person), one.comment)
                self._keep((event.wave, one.person))
                new = self.answers() - self.given.keys()
                self.given |= dict.fromkeys(new, (event.wave, one.person))

    async def _give(self, question: Message, slot: h.Slot, comment: h.Comment | None) -> None:
        user, points = user_id(slot[1]), self.points[slot]
        values = self._written(comment)
        if INSTRUMENTS[self._pulse(slot[0]).instrument].has_form:
            await self.slack.click(user, question, "open_form")
            values |= {f"item/{item}": str(point) for item, point in enumerate(points, start=1)}
        else:
            await self.slack.click(user, question, f"point/{points[0]}")
        await self.running.bot.background.drain()
        if values:
            await self.slack.submit(user, self.top(user), values)
            await self.running.bot.background.drain()
        while self.slack.views(user):
            await self.slack.close_view(user, self.top(user))

    def _written(self, comment: h.Comment | None) -> dict[str, Any]:
        if comment is None:
            return {}
        about = ABOUT.get(comment.topic, "all of it") if comment.topic else "all of it"
        text = f"{WORDS[comment.tone]}: {about}. {comment.text}"
        return {"comment": text} | ({"allow": ["quote"]} if comment.ticked else {})

    async def go_on(self, _: h.Tick | h.Edition) -> None:
        """The bot does what is due, and sends what follows from it."""
        for _turn in range(2):
            await self.running.settle()
            self.running.clock.step(POSTED)

    async def stay(self, _: h.SetSmallestGroup) -> None:
        """The setting holds from the start."""

    async def forget(self, event: h.Forget) -> None:
        """Somebody presses the button that erases everything of them."""
        user = user_id(event.person)
        channel = next(one for one in self.slack.workspace.channels.values() if user in one.members)
        self._keep()
        message = await self.type(channel.id, "forget", user=user)
        self._keep(("", event.person))
        await self._press(user, message, "forget")

    async def take_down(self, event: h.TakeDown) -> None:
        """A lead takes a wave down, if it was asked and is still there."""
        number, question = self.asked.get(event.wave, (0, None))
        if question is None:
            return
        message = await self.type(question.channel_id, f"takedown {number}")
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

    async def correct(self, event: h.Correct | h.Hide) -> None:
        """A lead chooses another tone of a comment, or hides it, if it is listed."""
        what = "Hide this comment" if isinstance(event, h.Hide) else f"Tone: {event.tone}"
        for channel in self._channels():
            for product in self.products:
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
            for product in self.products:
                for words in THERE if channel == TEAM_CHANNEL else HERE:
                    await self.type(channel, f"{words} about {product}")

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
