"""Asking by form, as it was drawn, and what comes out of the form."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.ids import ForgedId
from jobs.messages.lead import ask_draft as draft
from jobs.messages.lead import ask_preview as asking
from jobs.messages.lead import ask_view as ask_form
from jobs.messages.lead import owner_notices as notices
from jobs.messages.lead.ask_preview import AskDraft
from storage.records import Lens
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly

NPS = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")
NEXT = [examples.CLOSES + timedelta(weeks=week) for week in range(3)]


def page(of: AskDraft, **changes: Any) -> dict[str, Any]:
    """The preview of a draft by Priya Nair."""
    seen = {"asked_by": "Priya Nair", "min_group": 5, "now": examples.OPENED, "people": 61}
    return asking.preview(of, **{**seen, "shared": False, "notes": [], **changes})


def state(**changes: Any) -> dict[str, Any]:
    """A sent form as Slack hands it over, each block with its one input."""
    inputs: dict[str, Any] = {
        "instrument": {"selected_option": {"value": "nps"}},
        "product": {"value": "Atlas"},
        "subject": {"value": None},
        "channel": {"selected_conversation": "C0ATLAS"},
        "open_for": {"selected_option": {"value": "7d"}},
        "names": {"selected_option": {"value": "confidential"}},
    }
    values = {block: {"action": given} for block, given in (inputs | changes).items()}
    return {"state": {"values": values}, "private_metadata": '{"zone":"Europe/Berlin"}'}


def test_the_form_is_as_it_was_drawn() -> None:
    """Instruments by what they ask, product, words, channel, how long, names."""
    built = asking.ask_form(product="Atlas", min_group=5)
    check(built)
    assert plainly(built) == drawn("form_ask")


def test_the_preview_is_as_it_was_drawn() -> None:
    """The question as people will read it, where it goes and to how many."""
    built = page(NPS, shared=True)
    check(built)
    expected = drawn("form_ask_preview")
    expected["private_metadata"] = draft.write_draft(NPS)  # the drawing keeps a number there
    assert plainly(built) == expected


def test_the_word_that_it_goes_out_is_as_it_was_drawn() -> None:
    """Where, which number, until when, and the way to take it down."""
    built = asking.asked(examples.wave())
    check(built)
    expected = drawn("answer_asked")
    # A confirmation is plain text, in which a channel's id would stay an id.
    confirm = expected["blocks"][1]["elements"][0]["confirm"]
    confirm["text"]["text"] = confirm["text"]["text"].replace("<#C0ATLAS>", "the channel")
    assert plainly(built) == expected


def test_scheduling_is_the_form_with_three_more_fields() -> None:
    """How often, at what time, in which zone."""
    once = asking.ask_form(product=None, min_group=3, zone="Asia/Tokyo")
    again = asking.ask_form(product=None, min_group=3, zone="Asia/Tokyo", schedule=True)
    check(again)
    more = [block for block in again["blocks"] if block not in once["blocks"]]
    assert [block["label"]["text"] for block in more] == [
        "How often?",
        "At what time?",
        "In which time zone?",
    ]
    assert more[2]["element"]["initial_value"] == "Asia/Tokyo"
    assert len(again["blocks"]) == len(once["blocks"]) + 3


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_every_instrument_can_be_previewed(key: str) -> None:
    """Also with names, where who sees them stands in the question."""
    built = page(replace(NPS, instrument=key, named=True, subject="the new export"))
    check(built)
    assert "*With your name: Priya Nair sees who chose what.*" in built["blocks"][0]["text"]["text"]
    assert "Not confidential." in built["blocks"][1]["elements"][0]["text"]


def test_a_schedule_is_previewed_with_its_next_three_dates() -> None:
    """Its rhythm, its zone, three dates, and the close of the first question."""
    built = page(replace(NPS, cadence="weekly fri 17:00"), dates=NEXT)
    check(built)
    goes = built["blocks"][-1]["text"]["text"]
    assert goes.startswith("Goes to *<#C0ATLAS>*: Fridays 17:00 Europe/Berlin, to about 61 people. Next: ")
    assert goes.count("<!date^") == 3
    assert "|Fri 4 Dec, 17:00 CET>" in built["blocks"][1]["elements"][0]["text"]
    assert built["submit"]["text"] == "Schedule"


def test_what_should_be_known_is_said_and_not_refused() -> None:
    """Notes stand below where it goes; where nobody knows how many, nothing is guessed."""
    notes = [notices.small_channel(5), notices.asked_lately(INSTRUMENTS["nps"], examples.OPENED.date())]
    built = page(NPS, people=None, notes=notes)
    check(built)
    assert built["blocks"][-1]["text"]["text"].splitlines() == [
        "Goes to *<#C0ATLAS>* now.",
        "With fewer than 5 answers nothing is shown; here that may happen.",
        "NPS was asked here on 20 Nov. Asking again within 90 days tires people.",
    ]
    told = asking.asked(examples.wave(), notes=[notices.still_open(examples.wave())])
    check(told)
    assert "The same question is open here until Friday 27 November at 17:00 CET. Button" in told["text"]


def test_a_schedule_is_confirmed_with_its_dates() -> None:
    """Where, which number, how often, how long, and when next."""
    of = replace(examples.pulse(), cadence="cron 0 9 * * 1")
    built = asking.scheduled(of, dates=NEXT[:1], notes=["A note."])
    check(built)
    assert built["text"] == (
        "Goes to <#C0ATLAS>, pulse 41: Cron 0 9 * * 1 Europe/Berlin, open for 1 week each time. "
        "Next: Friday 27 November at 17:00 CET. A note."
    )
    check(asking.scheduled(of, dates=[]))


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
    """Weeks, days or hours."""
    assert asking.open_for(length) == said


def test_where_nothing_can_be_asked_a_page_says_why() -> None:
    """It takes the place of the preview and has no button to ask."""
    built = asking.refused_page(notices.not_in_channel("C0ATLAS"))
    check(built)
    assert "submit" not in built


def test_taking_down_asks_once() -> None:
    """The button puts a question before it, unless the message is that question."""
    assert "confirm" in asking.take_down_button(examples.wave())
    assert "confirm" not in asking.take_down_button(examples.wave(), ask=False)
    assert labels(asking.asked(examples.wave())) == ["Take it down"]


def test_a_sent_form_is_read() -> None:
    """What was chosen and typed, with the zone of who asks."""
    assert asking.read_ask_form(state()) == NPS
    full = asking.read_ask_form(
        state(
            subject={"value": " the  support\x00 you just received "},
            names={"selected_option": {"value": "named"}},
            open_for={"selected_option": {"value": "14d"}},
        )
    )
    assert full.words == "the support you just received"
    assert (full.named, full.open_for) == (True, timedelta(days=14))


@pytest.mark.parametrize(
    "often, kept",
    [
        ("weekly mon", "weekly mon 07:30"),
        ("every 2 weeks mon from 2026-11-30", "every 2 weeks mon 07:30 from 2026-11-30"),
        ("monthly 31", "monthly 31 07:30"),
        ("0 9 * * 1", "cron 0 9 * * 1"),
        ("cron 0 9 * * 1", "cron 0 9 * * 1"),
    ],
)
def test_how_often_and_when_become_one_schedule(often: str, kept: str) -> None:
    """The text that the cadence reader understands; cron fields bring their own time."""
    fields = {"often": {"value": often}, "at": {"selected_time": "07:30"}, "zone": {"value": "Asia/Tokyo"}}
    read = asking.read_ask_form(state(**fields))
    assert (read.cadence, read.zone) == (kept, "Asia/Tokyo")
    assert str(cadence.read(kept)) == kept


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"state": {"values": []}},
        state(instrument={"selected_option": {"value": "mood"}}),
        state(instrument={"selected_option": None}),
        state(open_for={"selected_option": {"value": "99d"}}),
        state(names={"selected_option": {"value": "both"}}),
        state(channel={"selected_conversation": "<!here>"}),
        state(channel={}),
        state() | {"private_metadata": "[]"},
    ],
)
def test_a_forged_form_is_refused(forged: dict[str, Any]) -> None:
    """A state that the form cannot have raises ForgedId."""
    with pytest.raises(ForgedId):
        ask_form.read_ask_form(forged)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([None, *Lens]), st.booleans())
@settings(deadline=None)
def test_a_draft_is_read_back(product: str, subject: str, lens: Lens | None, named: bool) -> None:  # noqa: FBT001
    """Through the preview nothing changes, and its page fits Slack's limit."""
    of = replace(NPS, product=product, subject=subject, lens=lens, named=named, cadence="weekly mon 09:00")
    written = draft.write_draft(of)
    assert draft.read_draft(written) == of
    assert len(written) <= 3000


@pytest.mark.parametrize("forged", ["", "[]", "{}", "null", '{"instrument":1}', "[" * 5000])
def test_a_forged_draft_is_refused(forged: str) -> None:
    """Anything that was not written here raises ForgedId."""
    with pytest.raises(ForgedId):
        draft.read_draft(forged)


def test_a_draft_of_other_kinds_is_refused() -> None:
    """A field of another kind is no draft, though JSON holds it."""
    written = draft.write_draft(NPS)
    for old, new in (('"nps"', "7"), ("false", '"no"'), ("604800.0", '"long"'), ("604800.0", "1e30")):
        with pytest.raises(ForgedId):
            draft.read_draft(written.replace(old, new))
