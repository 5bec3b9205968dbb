"""What became of a pulse."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobs.messages.lead import pulse_status
from storage.records import Lens, Question, Round, RoundKind
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels


def a_round(**changes: Any) -> Round:
    """A round of 26 people, counted on 20 November by the clocks in Berlin."""
    given = {"id": "r1", "kind": RoundKind.NUMBER, "n": 26, "invited": 61, "askings": 1, **changes}
    day = date(2026, 11, 12)
    return Round(
        **given,
        question=Question(
            team_id="T1",
            channel_id="C0ATLAS",
            product_id="p1",
            subject_key="",
            lens=Lens.CX,
            instrument="nps",
            wording="1",
            named=False,
        ),
        counted_at=datetime(2026, 11, 19, 23, 30, tzinfo=UTC),
        first_day=day,
        last_day=day,
        histogram={100.0: 20, -100.0: 6},
    )


WEEKLY = replace(
    examples.pulse("umux_lite", number=42), cadence="weekly mon 09:00", next_at=examples.digest().next_at
)


def test_each_lever_is_answered_in_a_sentence() -> None:
    """Paused, resumed, closed and taken down each say what is now and what comes next."""
    said = {
        pulse_status.paused(WEEKLY)["text"]: "Question 42 is paused. It goes on with /pulse resume 42.",
        pulse_status.resumed(WEEKLY, next_at=examples.CLOSES)["text"]: (
            "Question 42 goes on. Mondays 09:00 Europe/Berlin. Next: Friday 27 November at 17:00 CET."
        ),
        pulse_status.closed(examples.wave())["text"]: "Question 41 is closed. 12 answers.",
        pulse_status.closed(examples.wave(answered=0))["text"]: "Question 41 is closed. No answers.",
        pulse_status.taken_down(examples.wave(), counted_in=None)["text"]: (
            "Question 41 is taken down. Its answers and comments are erased."
        ),
        pulse_status.taken_down(examples.wave(), counted_in=a_round())["text"]: (
            "Question 41 is taken down. Its answers and comments are erased. "
            "The score of 20 November is withdrawn."
        ),
    }
    assert all(built == expected for built, expected in said.items())
    for built in (
        pulse_status.paused(WEEKLY, open_wave=examples.wave(WEEKLY)),
        pulse_status.resumed(WEEKLY, next_at=examples.CLOSES),
        pulse_status.closed(examples.wave()),
        pulse_status.taken_down(examples.wave(), counted_in=a_round()),
    ):
        check(built)


def test_taking_down_asks_before_it_erases() -> None:
    """The question says what goes, with how many answers, and has one button."""
    built = pulse_status.take_down(examples.wave(), counted_in=None)
    check(built)
    assert labels(built) == ["Take it down"]
    assert built["text"] == (
        "Take down question 41? NPS about Atlas, in <#C0ATLAS>, with 12 answers. "
        "It is removed from the channel, with its answers and comments. "
        "Comments that were listed together with these are listed no more. "
        "No round goes with it, so all scores stay. Button: Take it down."
    )
    empty = pulse_status.take_down(examples.wave(answered=0), counted_in=None)
    assert "without answers so far" in empty["text"]


@pytest.mark.parametrize(
    "askings, others",
    [
        (1, ""),
        (2, "The other question counted in it never counts again. "),
        (3, "The 2 other questions counted in it never count again. "),
    ],
)
def test_taking_down_says_which_round_goes_and_what_stays(askings: int, others: str) -> None:
    """The round of a counted question is withdrawn with all that is in it, and no other."""
    built = pulse_status.take_down(examples.wave(), counted_in=a_round(askings=askings))
    check(built)
    assert (
        "are listed no more. 1 round is withdrawn: that of 20 November, 26 answers. "
        f"{others}All other rounds stay as they are. Button"
    ) in built["text"]
