"""Before and after asking, as it was drawn."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import ask_preview, asking_notes
from jobs.messages.lead.ask_draft import AskDraft, write_draft
from jobs.messages.wording import why_not
from jobs.pulses.meet_digest import Meeting
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly

NPS = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")
MEETS = Meeting(channel_id="C0TEAM", on=date(2026, 11, 30))
NEXT = [examples.CLOSES + timedelta(weeks=week) for week in range(3)]


def page(of: AskDraft, **changes: Any) -> dict[str, Any]:
    """The preview of a draft by Priya Nair."""
    seen = {"asked_by": "Priya Nair", "min_group": 5, "closes": examples.CLOSES, "people": 61, "meets": MEETS}
    return ask_preview.preview(of, **{**seen, "shared": False, "notes": [], **changes})


def test_the_preview_is_as_it_was_drawn() -> None:
    """The question as people will read it, where it goes and to how many."""
    built = page(NPS, shared=True)
    check(built)
    expected = drawn("form_ask_preview")
    expected["private_metadata"] = write_draft(NPS)  # the drawing keeps a number there
    assert plainly(built) == expected


def test_the_word_that_it_goes_out_is_as_it_was_drawn() -> None:
    """The answer says where it goes, its number and its close, and has a button that takes it down."""
    built = ask_preview.asked(examples.wave(), meets=MEETS)
    check(built)
    expected = drawn("answer_asked")
    # A confirmation is plain text, in which a channel's id would stay an id.
    confirm = expected["blocks"][1]["elements"][0]["confirm"]
    confirm["text"]["text"] = confirm["text"]["text"].replace("<#C0ATLAS>", "the channel")
    assert plainly(built) == expected


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_every_instrument_can_be_previewed(key: str) -> None:
    """Each instrument has a preview, which with names says who sees them."""
    built = page(replace(NPS, instrument=key, named=True, subject="the new export"))
    check(built)
    assert (
        "*With your name: Priya Nair and workspace admins see your name with your answer and your comment.*"
        in built["blocks"][0]["text"]["text"]
    )
    assert "Not confidential." in built["blocks"][1]["elements"][0]["text"]


def test_a_schedule_is_previewed_with_its_next_three_dates() -> None:
    """A schedule shows its rhythm, its zone, three dates, and the close of the first question."""
    built = page(replace(NPS, cadence="weekly fri 17:00"), dates=NEXT, closes=NEXT[0] + timedelta(days=7))
    check(built)
    goes = built["blocks"][-1]["text"]["text"]
    assert goes.startswith("Goes to *<#C0ATLAS>*: Fridays 17:00 Europe/Berlin, to about 61 people. Next: ")
    assert goes.count("<!date^") == 3
    assert "|Fri 4 Dec, 17:00 CET>" in built["blocks"][1]["elements"][0]["text"]
    assert built["submit"]["text"] == "Schedule"


@pytest.mark.parametrize(
    "between, weeks, said",
    [
        (7, 4, "Counted every four weeks, each person's latest answer."),
        (7, 3, "Counted every three weeks, each person's latest answer."),
        (26, 4, "Counted every four weeks, each person's latest answer."),
        (27, 4, None),
        (20, 3, None),
        (31, 4, None),
    ],
)
def test_a_schedule_that_is_too_short_says_how_often_it_is_counted(
    between: int, weeks: int, said: str | None
) -> None:
    """A question that is asked more often than it is counted says so; four weeks are 27 days here."""
    dates = [examples.CLOSES + timedelta(days=between * number) for number in range(3)]
    built = page(replace(NPS, cadence="weekly fri 17:00"), dates=dates, weeks=weeks)
    check(built)
    assert (said or "Counted every") in str(built) if said else "Counted every" not in str(built)


def test_what_should_be_known_is_said_and_not_refused() -> None:
    """Notes stand below where it goes; where nobody knows how many, nothing is guessed."""
    notes = [
        asking_notes.small_channel(6, word=5, number=10),
        asking_notes.asked_lately(INSTRUMENTS["nps"], examples.OPENED.date()),
    ]
    built = page(NPS, people=None, notes=notes)
    check(built)
    assert built["blocks"][-1]["text"]["text"].splitlines() == [
        "Goes to *<#C0ATLAS>* now. Results: digest in <#C0TEAM>, Mon 30 Nov.",
        "*Small channel:* you see nothing unless 5 of the 6 answer; a score needs 10.",
        "NPS was asked here on 20 Nov. Asking again within 90 days tires people.",
    ]
    told = ask_preview.asked(examples.wave(), notes=[asking_notes.still_open(examples.wave())])
    check(told)
    assert "The same question is open here until Friday 27 November at 17:00 CET. Button" in told["text"]
    assert "No digest reads it yet." in told["text"]


def test_a_digest_that_the_asker_may_not_know_has_no_name() -> None:
    """Its day is said, not its channel; and while the page is not complete nothing is said of digests."""
    hidden = page(NPS, meets=replace(MEETS, channel_id=None))
    assert "Results: digest in a private channel, Mon 30 Nov." in str(hidden)
    assert "igest" not in str(page(NPS, closes=None))


def test_a_schedule_without_a_length_says_until_when() -> None:
    """It is open in time for its digest."""
    built = ask_preview.scheduled(replace(examples.pulse(), open_for=None), dates=NEXT[:1])
    check(built)
    assert "open each time until 17:00 on the last working day before its digest" in built["text"]


def test_a_schedule_is_confirmed_with_its_dates() -> None:
    """The answer says where, which number, how often, how long, and when next."""
    of = replace(examples.pulse(), cadence="cron 0 9 * * 1")
    built = ask_preview.scheduled(of, dates=NEXT[:1], notes=["A note."])
    check(built)
    assert built["text"] == (
        "Goes to <#C0ATLAS>, pulse 41: Cron 0 9 * * 1 Europe/Berlin, open for 1 week each time. "
        "Next: Friday 27 November at 17:00 CET. A note."
    )
    assert "Counted every" not in built["text"]
    told = ask_preview.scheduled(of, dates=NEXT)
    assert "Counted every four weeks, each person's latest answer." in told["text"]
    check(ask_preview.scheduled(of, dates=[]))


@pytest.mark.parametrize(
    "length, said",
    [
        (timedelta(days=14), "2 weeks"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=55), "55 hours"),
        (timedelta(minutes=5), "1 hour"),
    ],
)
def test_how_long_is_said_in_whole_units(length: timedelta, said: str) -> None:
    """How long a question is open is said in weeks, days or hours."""
    assert ask_preview.open_for(length) == said


def test_where_nothing_can_be_asked_a_page_says_why() -> None:
    """A refusal takes the place of the preview and has no button to ask."""
    built = ask_preview.refused_page(why_not.not_in_channel("C0ATLAS"))
    check(built)
    assert "submit" not in built


def test_taking_down_asks_once() -> None:
    """The button asks for confirmation, unless its message has just asked."""
    assert "confirm" in ask_preview.take_down_button(examples.wave())
    assert "confirm" not in ask_preview.take_down_button(examples.wave(), ask=False)
    assert labels(ask_preview.asked(examples.wave())) == ["Take it down"]
