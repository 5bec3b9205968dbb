"""Running histories: once as they are, with everything kept, and again with a few answers exchanged.

A second run starts where the first exchanged answer is given, and ends as soon as the bot remembers exactly
what it remembered in the first run: from there on it cannot show anything else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.simulation.bot_model import Bot, Shown
from tests.simulation.history import Answers, Ask, Comment, History, ImportFile, Points, Slot, Tick
from tests.simulation.message_renderer import MessageRenderer
from tests.simulation.state import State
from tests.simulation.surfaces import Cache

MakeBot = Callable[[History, Mapping[Slot, Points], Mapping[Slot, Comment], Cache], Bot]


def plain_bot(
    history: History, points: Mapping[Slot, Points], comments: Mapping[Slot, Comment], cache: Cache
) -> Bot:
    """The bot without any fault."""
    return Bot(history, points=points, comments=comments, cache=cache)


def message_bot(
    history: History, points: Mapping[Slot, Points], comments: Mapping[Slot, Comment], cache: Cache
) -> Bot:
    """The same, which shows the product's own messages too."""
    return Bot(history, points=points, comments=comments, cache=cache, renderer=MessageRenderer())


@dataclass(slots=True)
class Run:
    """A history as it went: what was shown after each event, and what the bot remembered before it."""

    history: History
    bot: Bot
    make: MakeBot
    cache: Cache
    shown: list[Shown] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    given_at: dict[Slot, int] = field(default_factory=dict)
    points: dict[Slot, Points] = field(default_factory=dict)
    comments: dict[Slot, Comment] = field(default_factory=dict)
    pulses: dict[str, str] = field(default_factory=dict)  # by wave

    def instrument_of(self, slot: Slot) -> str:
        """What was asked where an answer stands."""
        return self.history.pulses[self.pulses[slot[0]]].instrument

    def differs(
        self, *, points: Mapping[Slot, Points] | None = None, comments: Mapping[Slot, Comment] | None = None
    ) -> int | None:
        """The first event after which anything else is shown with these answers, None if there is none."""
        changed = [*(points or ()), *(comments or ())]
        for place, shown in self.again(changed, points or {}, comments or {}):
            if shown != self.shown[place]:
                return place
        return None

    def again(
        self, changed: list[Slot], points: Mapping[Slot, Points], comments: Mapping[Slot, Comment]
    ) -> Iterator[tuple[int, Shown]]:
        """What is shown with these answers, from the first of them on, until it can only be the same."""
        first, last = (pick(self.given_at[slot] for slot in changed) for pick in (min, max))
        history = self.history
        bot = self.make(history, {**self.points, **points}, {**self.comments, **comments}, self.cache)
        bot.state = self.states[first].copy()
        for place in range(first, len(history.events)):
            event = history.events[place]
            if place > last and isinstance(event, Tick) and bot.state == self.states[place]:
                return
            yield place, bot.step(event)


def run(history: History, make: MakeBot = plain_bot) -> Run:
    """A history as it goes."""
    cache = Cache()
    points, comments = history.points, history.comments
    bot = make(history, points, comments, cache)
    done = Run(history, bot, make, cache, points=points, comments=comments)
    for place, event in enumerate(history.events):
        if isinstance(event, Ask):
            done.pulses[event.wave] = event.pulse
        elif isinstance(event, Answers):
            done.given_at |= {(event.wave, one.person): place for one in event.given}
        elif isinstance(event, ImportFile):
            for row in event.rows:
                done.given_at.setdefault((row.wave, row.person), place)
                done.pulses[row.wave] = event.pulse
        done.states.append(bot.state.copy())
        done.shown.append(bot.step(event))
    return done
