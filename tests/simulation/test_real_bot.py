"""The real bot does with a history what the model does: over HTTP, on a database file, by commands and forms.

Here two short histories, by `make attack` twenty of each generator.
"""

import asyncio
from datetime import timedelta

import pytest

from tests.simulation.generators import directed
from tests.simulation.history import (
    START,
    End,
    Enter,
    Forget,
    History,
    Restore,
    Reword,
    SetGroup,
    SetSmallestGroup,
    SetWeeks,
    TakeDown,
)
from tests.simulation.playable import playable
from tests.simulation.replay import Played, counted_by_model, difference, other_points, play
from tests.simulation.runs import Run, run
from tests.simulation.short import short
from tests.simulation.state import WaveState


def with_group(history: History) -> History:
    """The history with a group of both channels, and a figure from elsewhere."""
    more = (
        SetGroup(START + timedelta(days=8), "eu", frozenset(history.channels)),
        Enter(START + timedelta(days=8), "atlas", "churn 2%"),
    )
    return history._replace(events=tuple(sorted([*history.events, *more], key=lambda event: event.at)))


CASES = {
    "short": playable(short(), until=START + timedelta(days=30)),
    "directed": playable(with_group(directed(5)), until=START + timedelta(days=18)),
}


@pytest.fixture(params=list(CASES), scope="module")
def played(request: pytest.FixtureRequest) -> tuple[Run, Played]:
    """A history in the model, and as it went through the real bot."""
    modelled = run(CASES[request.param])
    return modelled, asyncio.run(play(modelled, modelled.points))


def test_the_short_history_holds_all_acts() -> None:
    """Each is played, and what it is to do is done: rounds with names and without, nothing that is lost."""
    acts = {type(event) for event in CASES["short"].events}
    assert acts >= {End, Forget, Restore, Reword, SetSmallestGroup, SetWeeks, TakeDown}
    state = run(CASES["short"]).bot.state
    assert {one.question.named for one in state.rounds.values()} == {True, False}
    assert {"w2", "w4"}.isdisjoint(state.waves)  # one was lost with the copy, one refused
    assert state.waves["w6"].state is WaveState.GONE  # erased when its question ended


def test_counts_as_the_model_does(played: tuple[Run, Played]) -> None:
    """Rounds and batches in the database are the model's: people, counts, clip, days, shared people, cuts."""
    modelled, real = played
    assert counted_by_model(modelled)
    assert real.counted == counted_by_model(modelled)
    assert not real.problems
    of_groups = [line for line in real.lines if "Of the group *eu*" in line.text]
    assert bool(of_groups) is any(isinstance(event, SetGroup) for event in modelled.history.events)


def test_exchanged_answers_show_nowhere(played: tuple[Run, Played]) -> None:
    """T1: with all answers of each round exchanged, and others for those not counted, every byte is equal."""
    modelled, real = played
    again = asyncio.run(play(modelled, other_points(modelled, 1)))
    assert difference(real, again) is None
    assert again.counted == real.counted


def test_a_line_that_differs_is_seen(played: tuple[Run, Played]) -> None:
    """Planted: one figure more, in the last answer to a query, is a difference."""
    _, real = played
    last = next(place for place in reversed(range(len(real.lines))) if "NPS" in real.lines[place].text)
    lines = list(real.lines)
    lines[last] = lines[last]._replace(text=lines[last].text.replace("NPS", "NPS 1", 1))
    assert difference(real, real._replace(lines=lines))
