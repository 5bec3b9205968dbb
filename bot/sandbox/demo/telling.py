"""Tells the demo's story in the terminal while it happens: what is typed, posted, answered, understood."""

from datetime import datetime
from enum import Enum
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from bot.sandbox.demo.stage import Stage
from bot.sandbox.demo.terminal import panel
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from storage.records import Label

IN_FULL = 2  # answers of each question that are told one by one, form and all
BERLIN = ZoneInfo("Europe/Berlin")


class Detail(Enum):
    """How much is told: everything, what fits on two screens, or nothing but the days that go by."""

    ALL = 3
    SHORT = 2
    NOTHING = 1


class Telling:
    """A story on a console, with the days going by at its foot."""

    def __init__(
        self, console: Console, stage: Stage, *, begin: datetime, end: datetime, detail: Detail = Detail.ALL
    ) -> None:
        self._stage = stage
        self._console = console
        self._detail = detail
        self._begin = begin
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            console=console,
            transient=detail is not Detail.ALL,
        )
        self._days = self._progress.add_task("", total=(end - begin).total_seconds())
        self._told = 0
        self._shown = dict[str, str]()  # the stamp of the newest digest that was told, by channel
        self._asked: set[str] = set()  # channels of which a question was shown

    def __enter__(self) -> Self:
        self._progress.start()
        self._stage.passed = self._passed
        self._passed(self._stage.clock())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
        self._stage.passed = lambda _: None

    async def until(self, moment: datetime) -> None:
        """Let time pass."""
        await self._stage.until(moment)

    async def command(self, user: User, channel: Channel, words: str, *, answer: bool = True) -> None:
        """Somebody types `/pulse ...`, and reads the answer."""
        self._print(
            Text.assemble(
                (f"\n{user.real_name}", "bold"), f" in #{channel.name}: ", (f"/pulse {words}", "cyan")
            ),
            short=True,
        )
        await self._stage.slack.command(user, channel, "/pulse", words)
        await self._stage.settle()
        if answer:
            self.private(user, channel)

    def private(self, user: User, channel: Channel) -> None:
        """The newest message that only this person sees."""
        message = self._stage.slack.ephemerals(user, channel)[-1]
        self._panel(message.payload(), f"only visible to {user.real_name}", private=True)

    def form(self, view: View, user: User) -> None:
        """A form that somebody has open."""
        self._panel(view.body, f"{user.real_name} sees: {view.title}", private=True)

    def message(self, message: Message, channel: Channel, *, known: bool = False) -> None:
        """A message in a channel; in short only the first one of each, and none of a kind that is `known`."""
        self._told = 0
        is_new = not known and channel.id not in self._asked
        self._panel(message.payload(), f"#{channel.name}", short=is_new)
        self._asked.add(channel.id)

    def answered(self, user: User, points: str, form: View) -> None:
        """An answer; the first ones with the form that opened."""
        self._told += 1
        self._print(Text.assemble((user.real_name, "bold"), f" chooses {points}"))
        if self._told <= IN_FULL:
            self._panel(form.body, f"only visible to {user.real_name}: {form.title}", private=True)

    def classified(self, comment: str, label: Label) -> None:
        """A comment and what the classifier read in it."""
        topics = ", ".join(label.touchpoints) or "no topic"
        tone = f"{label.sentiment}, {'a wish, ' if label.wish else ''}{topics}"
        self._print(Text.assemble("  ", (f"“{comment}”", "italic"), "  ", (tone, "magenta")))

    def counted(self, message: Message, channel: Channel) -> None:
        """How many have answered, as the channel sees it."""
        line = message.blocks[-2]["elements"][0]["text"].rsplit("· ", 1)[-1]
        self._print(Text(f"#{channel.name} sees: {line}", style="dim"))

    def edition(self, channel: Channel, *, thread: bool = False) -> None:
        """The digest that has come to a channel, if one has: in short its title and first words.

        With `thread` the newest one, new or not, and what stands under it.
        """
        newest = _digest_in(channel)
        if newest is None or (newest.ts == self._shown.get(channel.id) and not thread):
            return
        self._shown[channel.id] = newest.ts
        if self._detail is Detail.SHORT:
            self._print(_in_short(newest, f"{self._now():%a %d %b}"), short=True)
            return
        self._panel(newest.payload(), self._title(channel))
        for reply in channel.thread(newest.ts) if thread else []:
            self._panel(reply.payload(), "in the thread")

    def digest(self, channel: Channel) -> None:
        """The newest digest in a channel, whole."""
        if newest := _digest_in(channel):
            self._panel(newest.payload(), self._title(channel), short=True)

    def _title(self, channel: Channel) -> str:
        return f"#{channel.name}, {self._now():%A %d %B, %H:%M}"

    def _panel(
        self, message: dict[str, Any], title: str, *, private: bool = False, short: bool = False
    ) -> None:
        self._print(panel(message, title, self._stage.names(), private=private), short=short)

    def _print(self, what: Any, *, short: bool = False) -> None:
        """Print what belongs to everything, or to the short story too."""
        if self._detail is Detail.ALL or (short and self._detail is Detail.SHORT):
            self._console.print(what)

    def _now(self) -> datetime:
        return self._stage.clock().astimezone(BERLIN)

    def _passed(self, now: datetime) -> None:
        self._progress.update(
            self._days,
            completed=(now - self._begin).total_seconds(),
            description=f"{now.astimezone(BERLIN):%a %d %b %H:%M}",
        )


def _digest_in(channel: Channel) -> Message | None:
    parents = [message for message in channel.messages if message.thread_ts is None]
    return parents[-1] if parents else None


def _in_short(digest: Message, day: str) -> Text:
    """The title of a digest, and its first sentence."""
    title, _, rest = digest.text.partition(". ")
    return Text.assemble((f"{day}  ", "dim"), (title, "bold"), f". {rest.partition('. ')[0]}.")
