"""The form that asks, as it was drawn, and what comes out of it."""

from datetime import timedelta
from typing import Any

import pytest

from jobs import cadence
from jobs.messages.layout.ids import ForgedId
from jobs.messages.lead import ask_view
from jobs.messages.lead.ask_draft import AskDraft
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly

ZONE = '{"zone":"Europe/Berlin"}'
NPS = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


def state(**changes: Any) -> dict[str, Any]:
    """What stands in a sent form, by the block of each input."""
    inputs: dict[str, Any] = {
        "instrument": {"selected_option": {"value": "nps"}},
        "product": {"value": "Atlas"},
        "subject": {"value": None},
        "channel": {"selected_conversation": "C0ATLAS"},
        "open_for": {"selected_option": {"value": "digest"}},
        "names": {"selected_option": {"value": "confidential"}},
    }
    return inputs | changes


def test_the_form_is_as_it_was_drawn() -> None:
    """Instruments by what they ask, product, words, channel, how long, names."""
    built = ask_view.ask_form(product="Atlas", min_group=5)
    check(built)
    assert plainly(built) == drawn("form_ask")


def test_scheduling_is_the_form_with_three_more_fields() -> None:
    """A schedule also asks how often, at what time and in which zone."""
    once = ask_view.ask_form(product=None, min_group=3, zone="Asia/Tokyo")
    again = ask_view.ask_form(product=None, min_group=3, zone="Asia/Tokyo", schedule=True)
    check(again)
    more = [block for block in again["blocks"] if block not in once["blocks"]]
    assert [block["label"]["text"] for block in more] == [
        "How often?",
        "At what time?",
        "In which time zone?",
    ]
    assert more[2]["element"]["initial_value"] == "Asia/Tokyo"
    assert len(again["blocks"]) == len(once["blocks"]) + 3


def test_a_sent_form_is_read() -> None:
    """What was chosen and typed is read, with the zone of the lead."""
    assert ask_view.read_ask_form(state(), ZONE) == NPS
    full = ask_view.read_ask_form(
        state(
            subject={"value": " the  support\x00 you just received "},
            names={"selected_option": {"value": "named"}},
            open_for={"selected_option": {"value": "14d"}},
        ),
        ZONE,
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
    """Rule and time become one text that the cadence reader understands; cron fields hold a time."""
    fields = {"often": {"value": often}, "at": {"selected_time": "07:30"}, "zone": {"value": "Asia/Tokyo"}}
    read = ask_view.read_ask_form(state(**fields), ZONE)
    assert (read.cadence, read.zone) == (kept, "Asia/Tokyo")
    assert str(cadence.read(kept)) == kept


@pytest.mark.parametrize(
    "forged",
    [
        {},
        state(instrument={"selected_option": {"value": "mood"}}),
        state(instrument={"selected_option": None}),
        state(open_for={"selected_option": {"value": "99d"}}),
        state(names={"selected_option": {"value": "both"}}),
        state(channel={"selected_conversation": "<!here>"}),
        state(channel={}),
    ],
)
def test_a_forged_form_is_refused(forged: dict[str, Any]) -> None:
    """A state that the form cannot have raises ForgedId, and so does what it cannot have carried along."""
    with pytest.raises(ForgedId):
        ask_view.read_ask_form(forged, ZONE)
    with pytest.raises(ForgedId):
        ask_view.read_ask_form(state(), "[]")
