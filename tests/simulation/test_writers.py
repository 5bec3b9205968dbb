"""Nothing that leads read tells what any writer of a confidential comment chose: 20 of 20 stay unknown."""

from datetime import timedelta

import pytest

from storage.records import Sentiment, Touchpoint
from tests.simulation.history import START, Answers, Ask, Comment, Edition, Given, History, Label, Pulse, Tick
from tests.simulation.leaks import Leak, leaky
from tests.simulation.runs import MakeBot, message_bot, run

DAY = timedelta(days=1)
PEOPLE = [f"p{number:02}" for number in range(20)]
TONES = (Sentiment.NEGATIVE, Sentiment.POSITIVE)
TOPIC = Touchpoint.BILLING


def _written(number: int) -> Comment:
    """Negative or positive, against what was chosen or not; each fourth asks for something."""
    return Comment(f"t{number}", TONES[number % 3 % 2], TOPIC, ticked=False, wish=number % 4 == 0)


def twenty_writers() -> History:
    """All 20 of a channel answer and write, some against what they chose; it is counted, cut and posted."""
    pulse = Pulse("P0", "C1", "atlas", "nps", "it", promise=5, scheduled=True)
    given = tuple(
        Given(person, (10 if number % 2 else 2,), _written(number)) for number, person in enumerate(PEOPLE)
    )
    events = (
        Ask(START, "w0", 1, "P0", START + DAY),
        Answers(START + timedelta(hours=1), "w0", given),
        Tick(START + DAY + timedelta(minutes=15)),
        Label(START + 2 * DAY),
        Tick(START + 3 * DAY),
        Edition(START + 4 * DAY, "atlas"),
        Tick(START + 5 * DAY),
    )
    return History("twenty writers", {"C1": frozenset(PEOPLE)}, {"P0": pulse}, 4, events)


def unknown(make: MakeBot) -> int:
    """Of how many writers the class could be the other one, with everything that is shown unchanged."""
    done = run(twenty_writers(), make)
    (one,) = done.bot.witness.rounds.values()
    assert len(one.answers) == 20
    assert sum(map(len, done.bot.witness.batches.values())) == 20
    hidden = 0
    for slot in one.answers:
        others = [other for other in one.answers if done.points[other] != done.points[slot]]
        hidden += all(
            done.differs(points={slot: done.points[other], other: done.points[slot]}) is None
            for other in others
        )
    return hidden


def test_no_surface_tells_what_a_writer_chose() -> None:
    """Each of 20 writers may have chosen what any other did: lists, cuts, digests and figures are equal."""
    assert unknown(message_bot) == 20


@pytest.mark.parametrize("leak", [Leak.LIVE_CONFLICT_COUNT])
def test_a_count_of_what_was_read_against_the_answers_is_found(leak: Leak) -> None:
    """Planted: with the count that the product had, writers are told apart."""
    assert unknown(leaky(leak)) < 20
