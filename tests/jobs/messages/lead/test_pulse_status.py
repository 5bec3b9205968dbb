"""What runs in a channel, and what became of a pulse or a digest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.messages.lead import channel_list as listing
from jobs.messages.lead import digest_status as orders
from jobs.messages.lead import pulse_status as pulses
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels

WEEKLY = replace(
    examples.pulse("umux_lite", number=42), cadence="weekly mon 09:00", next_at=examples.digest().next_at
)
NEXT = "Monday 30 November at 09:00 CET"


def test_a_channel_lists_what_runs_in_it() -> None:
    """Each pulse with its number, what it asks, its state and next time; then the digests."""
    built = listing.listing(
        [(examples.pulse(), examples.wave()), (WEEKLY, None)], [examples.digest()], now=examples.NOW
    )
    check(built)
    assert built["text"] == (
        f"What runs here. Pulse 42: UMUX-Lite about Atlas, Mondays 09:00 Europe/Berlin, next {NEXT}. "
        "Pulse 41: NPS about Atlas, open until Friday 27 November at 17:00 CET, 12 answered. "
        f"Digest of Atlas: Mondays 09:00 Europe/Berlin, next {NEXT}, from <#C0ATLAS> and <#C0USERS>."
    )
    assert built["blocks"][1]["text"]["text"].startswith(
        "*Pulse 42* · UMUX-Lite about Atlas · Mondays 09:00 Europe/Berlin\nnext <!date^"
    )


def test_a_paused_pulse_says_why() -> None:
    """Paused by a lead, or because Slack refused."""
    by_lead = replace(WEEKLY, paused=True)
    by_slack = replace(WEEKLY, number=43, paused=True, pause_reason="not_in_channel")
    built = listing.listing([(by_lead, None), (by_slack, None)], [], now=examples.NOW)
    check(built)
    assert "Pulse 42: UMUX-Lite about Atlas, Mondays 09:00 Europe/Berlin, paused." in built["text"]
    assert "paused: Bifocal is not in <#C0ATLAS> any more." in built["text"]


def test_what_has_ended_is_counted() -> None:
    """A pulse asked once that has closed takes no row."""
    ended = [(examples.pulse(number=number), None) for number in (1, 2)]
    built = listing.listing([*ended, (WEEKLY, None)], [], now=examples.NOW)
    check(built)
    assert built["text"].endswith("2 pulses asked once have closed.")
    assert "Pulse 1:" not in built["text"]


def test_an_empty_channel_says_how_to_begin() -> None:
    """Nothing runs, and one command starts something."""
    built = listing.listing([], [], now=examples.NOW)
    check(built)
    assert built["text"] == "Nothing runs here. Start with /pulse ask nps about Atlas."


@pytest.mark.parametrize("number", [20, 21, 500])
def test_more_than_fits_is_counted(number: int) -> None:
    """At most twenty rows, fewer where names are long, and the rest as a number."""
    many = [(replace(WEEKLY, number=each, subject="&" * 60), None) for each in range(number)]
    built = listing.listing(many, [], now=examples.NOW)
    check(built)
    rows = sum("*Pulse" in str(block) for block in built["blocks"])
    assert rows <= 20
    assert f"{number - rows} more run here." in built["text"]


def test_a_closed_wave_is_not_open() -> None:
    """What is past its close is not said to be open, whatever has been kept of it."""
    built = listing.listing([(WEEKLY, examples.wave(WEEKLY))], [], now=examples.CLOSES + timedelta(minutes=1))
    assert "open until" not in built["text"]


def test_each_lever_is_answered_in_a_sentence() -> None:
    """Paused, resumed, closed, taken down: what is, and what is next."""
    said = {
        pulses.paused(WEEKLY)["text"]: "Pulse 42 is paused. It goes on with /pulse resume 42.",
        pulses.resumed(WEEKLY, next_at=examples.CLOSES)["text"]: (
            "Pulse 42 goes on. Mondays 09:00 Europe/Berlin. Next: Friday 27 November at 17:00 CET."
        ),
        pulses.closed(examples.wave())["text"]: "The question of pulse 41 is closed. 12 answers.",
        pulses.closed(examples.wave(answered=0))["text"]: "The question of pulse 41 is closed. No answers.",
        pulses.taken_down(examples.wave())["text"]: (
            "The question of pulse 41 is taken down. Its answers are erased."
        ),
    }
    assert all(built == expected for built, expected in said.items())
    for built in (
        pulses.paused(WEEKLY, open_wave=examples.wave(WEEKLY)),
        pulses.resumed(WEEKLY, next_at=examples.CLOSES),
        pulses.closed(examples.wave()),
        pulses.taken_down(examples.wave()),
    ):
        check(built)


def test_taking_down_asks_before_it_erases() -> None:
    """What goes, with how many answers, and one button that does it."""
    built = pulses.take_down(examples.wave())
    check(built)
    assert labels(built) == ["Take it down"]
    assert built["text"] == (
        "Take down the question of pulse 41? NPS about Atlas, in <#C0ATLAS>, with 12 answers. "
        "It is removed from the channel, with its answers. Button: Take it down."
    )
    assert "without answers so far" in pulses.take_down(examples.wave(answered=0))["text"]


def test_a_digest_is_answered_in_a_sentence() -> None:
    """Kept with its next time and its sources, shown, posted now, ended."""
    built = orders.kept(examples.digest(), notes=["A note."])
    check(built)
    assert built["text"] == (
        "The digest of Atlas is posted here: Mondays 09:00 Europe/Berlin. "
        f"It reads <#C0ATLAS> and <#C0USERS>. Next: {NEXT}. A note."
    )
    for each in (
        orders.posted(examples.digest()),
        orders.ended(examples.digest()),
        orders.digests_here([examples.digest()], now=examples.NOW),
        orders.digests_here([], now=examples.NOW),
    ):
        check(each)
    assert "`/pulse digest Atlas weekly mon 09:00 Europe/Berlin`" in str(orders.ended(examples.digest()))
    assert orders.digests_here([], now=examples.NOW)["text"].startswith("There is no digest in this channel.")
