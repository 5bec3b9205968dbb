"""What runs in a channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.messages.lead.channel_list import listing
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

WEEKLY = replace(
    examples.pulse("umux_lite", number=42), cadence="weekly mon 09:00", next_at=examples.digest().next_at
)
NEXT = "Monday 30 November at 09:00 CET"


def test_a_channel_lists_what_runs_in_it() -> None:
    """Each pulse with its number, what it asks, its state and next time; then the digests."""
    built = listing(
        [(examples.pulse(), examples.wave()), (WEEKLY, None)], [examples.digest()], now=examples.NOW
    )
    check(built)
    assert built["text"] == (
        f"What runs here. Pulse 42: UMUX-Lite about Atlas, Mondays 09:00 Europe/Berlin, next {NEXT}. "
        "Pulse 41: NPS about Atlas, open until Friday 27 November at 17:00 CET, 12 answered. "
        f"Digest of Atlas: Mondays 09:00 Europe/Berlin, next {NEXT}, silent unless something is "
        "counted, from <#C0ATLAS> and <#C0USERS>."
    )
    assert built["blocks"][1]["text"]["text"].startswith(
        "*Pulse 42* · UMUX-Lite about Atlas · Mondays 09:00 Europe/Berlin\nnext <!date^"
    )


def test_a_paused_pulse_says_why() -> None:
    """A pulse says whether a lead paused it, or Slack's refusal did."""
    by_lead = replace(WEEKLY, paused=True)
    by_slack = replace(WEEKLY, number=43, paused=True, pause_reason="not_in_channel")
    built = listing([(by_lead, None), (by_slack, None)], [], now=examples.NOW)
    check(built)
    assert "Pulse 42: UMUX-Lite about Atlas, Mondays 09:00 Europe/Berlin, paused." in built["text"]
    assert "paused: Bifocal is not in <#C0ATLAS> any more." in built["text"]


def test_what_has_ended_is_counted() -> None:
    """Pulses that were asked once and have closed, or whose schedule ended, are one number, not rows."""
    ended = [(examples.pulse(number=number), None) for number in (1, 2)]
    built = listing([*ended, (WEEKLY, None)], [], now=examples.NOW)
    check(built)
    assert built["text"].endswith("2 pulses have ended.")
    assert "Pulse 1:" not in built["text"]


def test_an_empty_channel_says_how_to_begin() -> None:
    """Where nothing runs, the list says which command starts something."""
    built = listing([], [], now=examples.NOW)
    check(built)
    assert built["text"] == "Nothing runs here. Start with /pulse ask nps about Atlas."


@pytest.mark.parametrize("number", [20, 21, 500])
def test_more_than_fits_is_counted(number: int) -> None:
    """At most twenty rows, fewer where names are long, and the rest as a number."""
    many = [(replace(WEEKLY, number=each, subject="&" * 60), None) for each in range(number)]
    built = listing(many, [], now=examples.NOW)
    check(built)
    rows = sum("*Pulse" in str(block) for block in built["blocks"])
    assert rows <= 20
    assert f"{number - rows} more run here." in built["text"]


def test_a_closed_wave_is_not_open() -> None:
    """A wave past its close is never said to be open."""
    built = listing([(WEEKLY, examples.wave(WEEKLY))], [], now=examples.CLOSES + timedelta(minutes=1))
    assert "open until" not in built["text"]


def test_no_next_time_is_one_that_has_passed() -> None:
    """Of what fails or was missed the next time of its rule is named."""
    missed = replace(WEEKLY, next_at=examples.NOW - timedelta(minutes=1))
    late = replace(examples.digest(), next_at=examples.NOW - timedelta(days=20))
    built = listing([(missed, None)], [late], now=examples.NOW)
    check(built)
    assert built["text"].count(f"next {NEXT}") == 2
