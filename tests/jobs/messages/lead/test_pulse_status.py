"""What became of a pulse."""

from dataclasses import replace

from jobs.messages.lead import pulse_status
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels

WEEKLY = replace(
    examples.pulse("umux_lite", number=42), cadence="weekly mon 09:00", next_at=examples.digest().next_at
)


def test_each_lever_is_answered_in_a_sentence() -> None:
    """Paused, resumed, closed and taken down each say what is now and what comes next."""
    said = {
        pulse_status.paused(WEEKLY)["text"]: "Pulse 42 is paused. It goes on with /pulse resume 42.",
        pulse_status.resumed(WEEKLY, next_at=examples.CLOSES)["text"]: (
            "Pulse 42 goes on. Mondays 09:00 Europe/Berlin. Next: Friday 27 November at 17:00 CET."
        ),
        pulse_status.closed(examples.wave())["text"]: "The question of pulse 41 is closed. 12 answers.",
        pulse_status.closed(examples.wave(answered=0))[
            "text"
        ]: "The question of pulse 41 is closed. No answers.",
        pulse_status.taken_down(examples.wave())["text"]: (
            "The question of pulse 41 is taken down. Its answers are erased."
        ),
    }
    assert all(built == expected for built, expected in said.items())
    for built in (
        pulse_status.paused(WEEKLY, open_wave=examples.wave(WEEKLY)),
        pulse_status.resumed(WEEKLY, next_at=examples.CLOSES),
        pulse_status.closed(examples.wave()),
        pulse_status.taken_down(examples.wave()),
    ):
        check(built)


def test_taking_down_asks_before_it_erases() -> None:
    """The question says what goes, with how many answers, and has one button."""
    built = pulse_status.take_down(examples.wave())
    check(built)
    assert labels(built) == ["Take it down"]
    assert built["text"] == (
        "Take down the question of pulse 41? NPS about Atlas, in <#C0ATLAS>, with 12 answers. "
        "It is removed from the channel, with its answers. Button: Take it down."
    )
    assert "without answers so far" in pulse_status.take_down(examples.wave(answered=0))["text"]
