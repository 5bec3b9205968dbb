"""Which modules a trip through the bot enters: a click on 9, `/pulse score nps`, an edition, its pictures.

A module is entered when one of its functions runs between the act and the last message that follows from it.
The sandbox is left out: it plays Slack.

As a script it takes the folder of a tree and prints the trips of that tree as JSON. Of the tree it uses only
what `tests/conftest.py` has always offered, so that an older tree is measured by the same instrument.
"""

import asyncio
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from bot.sandbox import FakeSlack, SteppedClock
from tests.conftest import MONDAY, Running, composed

PRODUCT = {"bot", "handlers", "jobs", "storage"}
PEOPLE = 24  # enough for a figure that is not early
TO_FRIDAY = timedelta(days=4, hours=8)  # from Monday 10:00; the questions close at 17:00
TO_MONDAY = timedelta(days=2, hours=14, minutes=59)  # a minute before the edition is due


@dataclass(kw_only=True)
class Trip:
    """The modules entered in the thread of the event loop, and those entered in any thread."""

    on_the_loop: set[str] = field(default_factory=set)
    in_all_threads: set[str] = field(default_factory=set)


class Watch:
    """Notes which modules of the product in the folder `root` are entered."""

    def __init__(self, root: Path) -> None:
        self._root = f"{root.resolve()}/"
        self._loop = threading.get_ident()
        self._trip: Trip | None = None
        self._modules: dict[str, str | None] = {}

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Watch all threads that begin from now on, and this one while a trip lasts."""
        threading.setprofile(self._see)
        try:
            yield
        finally:
            threading.setprofile(None)

    @contextmanager
    def trip(self, begun: Trip | None = None) -> Iterator[Trip]:
        """What is entered inside the `with`; a trip that was `begun` goes on."""
        self._trip = trip = begun or Trip()
        before = sys.getprofile()
        sys.setprofile(self._see)
        try:
            yield trip
        finally:
            sys.setprofile(before)
            self._trip = None

    def _see(self, frame: FrameType, event: str, _: object) -> None:
        """Called by the interpreter whenever a function is entered or left."""
        trip, code = self._trip, frame.f_code
        if trip is None or event != "call" or code.co_name == "<module>":
            return
        if code.co_filename not in self._modules:
            self._modules[code.co_filename] = self._module(code.co_filename)
        if module := self._modules[code.co_filename]:
            trip.in_all_threads.add(module)
            if threading.get_ident() == self._loop:
                trip.on_the_loop.add(module)

    def _module(self, file: str) -> str | None:
        """The module of the product that a file is; None for any other file."""
        path = Path(file.removeprefix(self._root))
        ours = not path.is_absolute() and path.parts[0] in PRODUCT and "sandbox" not in path.parts
        return path.as_posix() if ours else None


async def trips(root: Path, folder: Path) -> dict[str, Trip]:
    """The trips through the bot in the folder `root`, by name; `folder` is for its database."""
    watch, clock = Watch(root), SteppedClock(MONDAY)
    with watch.installed():
        async with FakeSlack(clock=clock) as slack, composed(slack, clock, folder) as running:
            return await _live(running, watch)


async def _live(running: Running, watch: Watch) -> dict[str, Trip]:
    """A week: a question is answered, the last by the click on 9; Monday's edition; a query."""
    slack = running.slack
    lead = slack.workspace.add_user("Priya Nair", id="U0LEAD")
    people = [slack.workspace.add_user(f"Person {number}", id=f"U0P{number:02d}") for number in range(PEOPLE)]
    channel = slack.add_channel("atlas", lead, *people, id="C0ATLAS")
    team = slack.add_channel("atlas-team", lead, id="C0TEAM")
    await running.digest(lead, team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    question = await running.ask(lead, channel, "nps about Atlas until fri 17:00")
    for number, user in enumerate(people[1:]):
        await running.click(user, question, 3 if number % 3 else 8)
    with watch.trip() as click:
        await slack.click(people[0], question, "point/9")
        await running.bot.background.drain()  # not `finish`, which only those call who step the clock
    await running.step(TO_FRIDAY)
    await running.step(TO_MONDAY)
    posted = len(team.messages)
    running.clock.step(timedelta(minutes=1))
    with watch.trip() as edition:
        await _run_step(running, "digests")
    with watch.trip() as pictures:
        await _run_step(running, "pictures")
    with watch.trip(edition):
        await _run_step(running, "send")
    with watch.trip() as score:
        await slack.command(lead, team, "/pulse", "score nps")
        await running.bot.background.drain()
    *_, answer = slack.ephemerals(lead, team)
    if len(team.messages) == posted or "NPS minus" not in answer.text.replace(":", ""):
        raise RuntimeError("no edition was posted, or no score given")
    return {"a click on 9": click, "/pulse score nps": score, "an edition": edition, "its pictures": pictures}


async def _run_step(running: Running, name: str) -> None:
    """One step of a tick; trees of before there were steps do all that is due."""
    steps = getattr(running.bot, "steps", None)
    if steps is None:
        await running.settle()
    for step in steps or ():
        if step.name == name:
            await step.run(running.clock())


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        found = asyncio.run(trips(Path(sys.argv[1]), Path(temporary)))
    sys.stdout.write(
        json.dumps({name: [sorted(it.on_the_loop), sorted(it.in_all_threads)] for name, it in found.items()})
    )
