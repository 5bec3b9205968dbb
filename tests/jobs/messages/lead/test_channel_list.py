"""What runs in a channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.messages.lead.channel_list import listing
from storage.records import Pulse, Wave
from storage.records.pulse_records import ENDED
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels

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
        f"What runs here. Question 42: UMUX-Lite about Atlas, Mondays 09:00 Europe/Berlin, next {NEXT}. "
        "Question 41: NPS about Atlas, open until Friday 27 November at 17:00 CET, 12 answered. "
        f"Digest of Atlas: Mondays 09:00 Europe/Berlin, next {NEXT}, silent unless something is "
        "counted, from <#C0ATLAS> and <#C0USERS>. "
        "Buttons: Change the schedule, Pause, End the schedule, Who leads it, Close now, Take it down, "
        "Preview, only to me, Change the digest, Ask this channel, Repeat a question, Set up a digest."
    )
    assert built["blocks"][1]["text"]["text"].startswith(
        "*Question 42* · UMUX-Lite about Atlas · Mondays 09:00 Europe/Berlin\nnext <!date^"
    )


def test_a_paused_pulse_says_why() -> None:
    """A pulse says whether a lead paused it, or Slack's refusal did."""
    by_lead = replace(WEEKLY, paused=True)
    by_slack = replace(WEEKLY, number=43, paused=True, pause_reason="not_in_channel")
    built = listing([(by_lead, None), (by_slack, None)], [], now=examples.NOW)
    check(built)
    assert "Question 42: UMUX-Lite about Atlas, Mondays 09:00 Europe/Berlin, paused." in built["text"]
    assert "paused: Bifocal is not in <#C0ATLAS> any more." in built["text"]


OPEN = examples.wave(replace(WEEKLY, number=7))
MENUS: list[tuple[Pulse, Wave | None, list[str]]] = [
    (WEEKLY, None, ["change 42", "pause 42", "end 42", "leads 42"]),
    (OPEN.pulse, OPEN, ["close 7", "change 7", "pause 7", "end 7", "leads 7"]),
    (replace(WEEKLY, paused=True), None, ["change 42", "resume 42", "end 42", "leads 42"]),
    (examples.pulse(), examples.wave(), ["close 41", "takedown 41", "leads 41"]),
]


@pytest.mark.parametrize("pulse, wave, commands", MENUS)
def test_each_row_has_a_menu_of_what_can_be_done(
    pulse: Pulse, wave: Wave | None, commands: list[str]
) -> None:
    """Each choice is a command; none is there that could do nothing just now."""
    built = listing([(pulse, wave)], [], now=examples.NOW)
    check(built)
    assert [each["value"] for each in built["blocks"][1]["accessory"]["options"]] == commands


def test_a_digest_in_the_list_can_be_looked_at_and_changed() -> None:
    """By a command that names its product in quotes where that is needed."""
    digest = replace(examples.digest(), product=replace(examples.digest().product, name="Atlas on mobile"))
    built = listing([], [digest], now=examples.NOW)
    check(built)
    commands = [each["value"] for each in built["blocks"][1]["accessory"]["options"]]
    assert commands == ['digest "Atlas on mobile" preview', 'digest "Atlas on mobile" change']


def test_what_has_ended_is_counted() -> None:
    """Pulses that were asked once and have closed are one number, those whose schedule ended another."""
    ended = [(examples.pulse(number=number), None) for number in (1, 2)]
    built = listing([*ended, (WEEKLY, None)], [], now=examples.NOW)
    check(built)
    assert "2 one-off questions have ended. Buttons: " in built["text"]
    stopped = replace(examples.pulse(number=3), paused=True, pause_reason=ENDED)
    built = listing([*ended, (stopped, None)], [], now=examples.NOW)
    assert "2 one-off questions have ended. 1 repeated question has ended." in built["text"]
    assert "Question 1:" not in built["text"]


def test_a_name_that_says_little_is_told_in_full() -> None:
    """Who reads CES in a list also reads what it asks."""
    built = listing([(examples.pulse("ces"), examples.wave())], [], now=examples.NOW)
    check(built)
    assert "Question 41: CES (ease of getting help) about Atlas, open" in built["text"]


def test_an_empty_channel_says_how_to_begin() -> None:
    """Where nothing runs, the list says which command starts something."""
    built = listing([], [], now=examples.NOW)
    check(built)
    assert built["text"] == (
        "Nothing runs here. Start with /pulse ask nps about Atlas. "
        "Buttons: Ask this channel, Set up a digest."
    )


def many(number: int, subject: str = "Atlas") -> list[tuple[Pulse, Wave | None]]:
    """This many questions that come again."""
    return [(replace(WEEKLY, number=each, subject=subject), None) for each in range(1, number + 1)]


@pytest.mark.parametrize(
    "number, page, where, buttons",
    [
        (1, 1, "", []),
        (19, 1, "", []),
        (20, 1, "", []),
        (20, 2, "", []),
        (21, 1, "1 to 20 of 21.", ["Next 1"]),
        (21, 2, "21 of 21.", ["Back 20"]),
        (21, 99, "21 of 21.", ["Back 20"]),
        (21, 0, "1 to 20 of 21.", ["Next 1"]),
        (23, 2, "21 to 23 of 23.", ["Back 20"]),
        (50, 2, "21 to 40 of 50.", ["Back 20", "Next 10"]),
    ],
)
def test_the_rest_is_a_button_away(number: int, page: int, where: str, buttons: list[str]) -> None:
    """More than twenty rows go on other pages: which of how many are shown, and the way on and back."""
    built = listing(many(number), [], now=examples.NOW, page=page)
    check(built)
    assert labels(built) == [*buttons, "Ask this channel", "Repeat a question", "Set up a digest"]
    assert not labels(listing(many(1), [], now=examples.NOW, starts=False))
    assert where in built["text"]
    assert (" of " in built["text"]) is bool(where)


@pytest.mark.parametrize("number", [20, 21, 200])
def test_every_row_stands_on_one_page(number: int) -> None:
    """Where names are long a page takes fewer; going on from page to page shows each row once."""
    rows = many(number, "&" * 60)
    found: list[str] = []
    built, page = listing(rows, [], now=examples.NOW), 1
    while True:
        check(built)
        shown = [
            block["text"]["text"].split("*")[1] for block in built["blocks"] if "*Question" in str(block)
        ]
        assert 0 < len(shown) <= 20
        found += shown
        if not any(label.startswith("Next") for label in labels(built)):
            break
        page += 1
        built = listing(rows, [], now=examples.NOW, page=page)
    assert found == [f"Question {each}" for each in range(number, 0, -1)]


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
