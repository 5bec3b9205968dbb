"""Before and after asking, as it was drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
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
    seen = {"asked_by": "Priya Nair", "min_group": 5, "closes": examples.CLOSES, "people": 31, "meets": MEETS}
    return ask_preview.preview(of, **{**seen, "shared": False, "notes": [], **changes})


def test_the_preview_is_as_it_was_drawn() -> None:
    """The question as people will read it with its buttons in words, where it goes and to how many."""
    built = page(NPS, shared=True, notes=[asking_notes.asked_lately(INSTRUMENTS["nps"], date(2026, 11, 9))])
    check(built)
    expected = drawn("form_ask_preview")
    expected["private_metadata"] = write_draft(NPS)  # the drawing keeps a number there
    assert plainly(built) == expected


def test_the_preview_of_a_schedule_is_as_it_was_drawn() -> None:
    """How often, where, and the next three days; the button says that it is repeated."""
    often = replace(NPS, cadence="every 4 weeks mon 10:00 from 2026-11-16")
    first = datetime(2026, 12, 14, 9, tzinfo=UTC)
    dates = [first + timedelta(weeks=4 * place) for place in range(3)]
    built = page(often, dates=dates, closes=first + timedelta(days=4, hours=7))
    check(built)
    expected = drawn("form_schedule_preview")
    expected["private_metadata"] = write_draft(often)
    assert plainly(built) == expected


@pytest.mark.parametrize(
    "rule, said",
    [
        ("weekly fri 17:00", "every week on Friday, 17:00 (Berlin)"),
        ("every 2 weeks tue 08:15 from 2026-11-03", "every 2 weeks on Tuesday, 08:15 (Berlin)"),
        ("monthly 31 09:00", "every month on the last day, 09:00 (Berlin)"),
        ("quarterly 15 09:00", "January, April, July and October on day 15, 09:00 (Berlin)"),
        ("cron 0 9 * * 1-5", "Mondays to Fridays 09:00 (Berlin)"),
        ("cron 0 9 * * *", "every day 09:00 (Berlin)"),
    ],
)
def test_how_often_is_said_inside_a_sentence(rule: str, said: str) -> None:
    """Each rule has words, with the city of its zone."""
    assert ask_preview.repeated(rule, "Europe/Berlin") == said


@pytest.mark.parametrize(
    "instrument, said",
    [
        ("nps", "Here stand eleven buttons, 0 to 10:"),
        ("csat", "Here stand five buttons, 1 to 5:"),
        ("ces", "Here stand seven buttons, 1 to 7:"),
        ("seq", "Here stand seven buttons, 1 to 7:"),
        ("umux_lite", "Here stands one button, Answer. It opens two statements."),
        ("sus", "Here stands one button, Answer. It opens ten statements."),
    ],
)
def test_the_preview_says_which_buttons_there_are(instrument: str, said: str) -> None:
    """Nothing can be pressed on the page, so the buttons stand in words."""
    built = page(replace(NPS, instrument=instrument, subject="the new export"))
    assert built["blocks"][1]["elements"][0]["text"].startswith(said)


def test_the_word_that_it_goes_out_is_as_it_was_drawn() -> None:
    """The answer says where it stands, its number and its close, and has a button that takes it down."""
    built = ask_preview.asked(examples.wave(), meets=MEETS)
    check(built)
    expected = drawn("answer_asked")
    # A confirmation is plain text, in which a channel's id would stay an id.
    confirm = expected["blocks"][1]["elements"][0]["confirm"]
    confirm["text"]["text"] = confirm["text"]["text"].replace("<#C0ATLAS>", "the channel")
    assert plainly(built) == expected


def test_what_is_on_its_way_is_not_said_to_be_asked() -> None:
    """As long as nobody knows whether it stands, the answer says so, and has the same button."""
    built = ask_preview.asked(examples.wave(), meets=MEETS, stands=False)
    check(built)
    assert built["text"].startswith(
        "It is being posted in <#C0ATLAS> (number 41); you are told if that fails. Open until Friday 27"
    )
    assert labels(built) == ["Take it down"]


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_every_instrument_can_be_previewed(key: str) -> None:
    """Each instrument has a preview, which with names says who sees them."""
    built = page(replace(NPS, instrument=key, named=True, subject="the new export"))
    check(built)
    assert (
        "*With your name: Priya Nair and workspace admins see your name with your answer and your comment.*"
        in built["blocks"][0]["text"]["text"]
    )
    assert "Not confidential." in built["blocks"][2]["elements"][0]["text"]


@pytest.mark.parametrize(
    "after, length, said",
    [
        (7, None, "The first is open until Fri 4 Dec, 17:00."),
        (0, None, "Open until the Friday of that week, 17:00."),
        (0, timedelta(days=3), "Open for 3 days each time."),
    ],
)
def test_a_schedule_says_until_when_it_is_open(after: int, length: timedelta | None, said: str) -> None:
    """By its weekday in the same week, else by its day; a length that was chosen is said as it is."""
    draft = replace(NPS, cadence="weekly fri 09:00", open_for=length)
    built = page(draft, dates=NEXT, closes=NEXT[0] + timedelta(days=after))
    check(built)
    lines = built["blocks"][-2]["text"]["text"].splitlines()
    assert lines[0] == "Goes to <#C0ATLAS>, 31 people, every week on Friday, 09:00 (Berlin)."
    assert lines[1].startswith(f"Next: Fri 27 Nov, Fri 4 Dec, Fri 11 Dec. {said}")
    assert built["submit"]["text"] == "Repeat it"
    assert page(replace(draft, changes=3), dates=NEXT)["submit"]["text"] == "Save"


def test_a_question_of_every_day_says_until_when_the_first_is_open() -> None:
    """A weekday of "that week" would be wrong of the next ones."""
    days = [NEXT[0] - timedelta(days=each) for each in (3, 2, 1)]
    built = page(replace(NPS, cadence="cron 0 9 * * 1-5"), dates=days, closes=days[1])
    assert "The first is open until Wed 25 Nov, 17:00." in built["blocks"][-2]["text"]["text"]


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
    notes = [asking_notes.asked_lately(INSTRUMENTS["nps"], examples.OPENED.date())]
    small = asking_notes.small_channel(6, word=5, number=10)
    built = page(NPS, people=None, notes=notes, small=small)
    check(built)
    assert built["blocks"][-2]["text"]["text"] == (
        "Goes to <#C0ATLAS> now. Results: digest in <#C0TEAM>, Mon 30 Nov. "
        "*Small channel:* you see nothing unless 5 of the 6 answer; a score needs 10."
    )
    assert built["blocks"][-1]["elements"][0]["text"] == (
        "NPS was asked here on 20 Nov. Asking again within 90 days tires people."
    )
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
    assert "Open each time until 17:00 on the last working day before its digest" in built["text"]
    assert max(len(each.split()) for each in built["text"].split(". ")) <= 25  # words of a sentence


def test_a_schedule_is_confirmed_with_its_dates() -> None:
    """The answer says where, which number, how often, how long, and when next."""
    of = replace(examples.pulse(), cadence="cron 0 9 * * 1")
    built = ask_preview.scheduled(of, dates=NEXT[:1], notes=["A note."])
    check(built)
    assert built["text"] == (
        "Set up in <#C0ATLAS> (number 41): cron 0 9 * * 1 (Berlin). Open for 1 week each time. "
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
    assert labels(ask_preview.asked(examples.wave(), meets=MEETS)) == ["Take it down"]


def test_where_no_digest_reads_a_question_a_button_sets_one_up() -> None:
    """The button carries the product, so that the form is filled with it."""
    built = ask_preview.asked(examples.wave())
    check(built)
    assert labels(built) == ["Set up a digest", "Take it down"]
    assert built["blocks"][-1]["elements"][0]["value"] == "Atlas"
    odd = ask_preview.asked(examples.wave(examples.pulse(product="{Atlas}")))  # begins as a draft does
    assert "value" not in odd["blocks"][-1]["elements"][0]
