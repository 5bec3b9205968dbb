"""The form that asks, as it was drawn, and what comes out of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobs.messages.layout.ids import ForgedId
from jobs.messages.lead import ask_view
from jobs.messages.lead.ask_draft import AskDraft
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly

ZONE = '{"zone":"Europe/Berlin"}'
FRIDAY = datetime(2026, 11, 27, 16, tzinfo=UTC)
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
    until = ask_view.until_label(FRIDAY, "Europe/Berlin", digest=True)
    built = ask_view.ask_form(product="Atlas", min_group=5, until=until)
    check(built)
    assert plainly(built) == drawn("form_ask")


def test_the_form_that_repeats_is_as_it_was_drawn() -> None:
    """It also asks how often, on which day, at what time and where, and takes words for experts."""
    until = ask_view.until_label(FRIDAY, "Europe/Berlin", digest=True, schedule=True)
    built = ask_view.ask_form(product="Atlas", min_group=5, schedule=True, zone="Europe/Berlin", until=until)
    check(built)
    assert built.pop("private_metadata") == ZONE
    assert plainly(built) == drawn("form_schedule")


@pytest.mark.parametrize(
    "known, said",
    [
        ({"digest": True}, "Friday before the digest: 27 Nov, 17:00"),
        ({"digest": False}, "Friday, 27 Nov, 17:00"),
        ({"digest": True, "schedule": True}, "Until Friday, 17:00"),
        ({"digest": False, "schedule": True}, "Until Friday, 17:00"),
    ],
)
def test_the_close_that_is_proposed_has_its_day(known: dict[str, bool], said: str) -> None:
    """A digest is named only where one reads it."""
    assert ask_view.until_label(FRIDAY, "Europe/Berlin", **known) == said


@pytest.mark.parametrize(
    "rule, weeks, shown",
    [
        (None, 4, {"often": "4w", "day": "mon", "at": "10:00"}),
        (None, 3, {"often": "3w", "day": "mon", "at": "10:00"}),
        (None, 2, {"often": "2w", "day": "mon", "at": "10:00"}),
        ("weekly fri 17:00", 4, {"often": "weekly", "day": "fri", "at": "17:00"}),
        ("every 2 weeks tue 08:15 from 2026-11-03", 4, {"often": "2w", "day": "tue", "at": "08:15"}),
        ("monthly 31 09:00", 4, {"often": "monthly", "day": "d31", "at": "09:00"}),
        ("quarterly 15 09:00", 4, {"often": "quarterly", "day": "d15", "at": "09:00"}),
        ("cron 0 9 * * 1-5", 4, {"words": "cron 0 9 * * 1-5"}),
        ("monthly 12 09:00", 4, {"words": "monthly 12 09:00"}),
    ],
)
def test_a_schedule_is_shown_in_the_lists_or_in_words(
    rule: str | None, weeks: int, shown: dict[str, str]
) -> None:
    """What the lists can say stands in them; all else is in the field for experts, which wins."""
    filled = replace(NPS, cadence=rule) if rule else None
    built = ask_view.ask_form(
        product="Atlas", min_group=5, schedule=True, zone="Asia/Tokyo", weeks=weeks, filled=filled
    )
    check(built)
    elements = {each["block_id"]: each["element"] for each in built["blocks"]}
    for block_id, value in shown.items():
        element = elements[block_id]
        chosen = element.get("initial_option", {}).get("value")
        assert value in (chosen, element.get("initial_time"), element.get("initial_value"))
    if "words" not in shown:
        assert "initial_value" not in elements["words"]
    assert elements["zone"]["options"][0]["text"]["text"] == "Tokyo (yours)"


def test_the_form_of_a_change_is_filled_and_carries_what_stays() -> None:
    """Its title says so; instrument, product, channel and names are shown and cannot be changed."""
    pulse = replace(
        NPS, subject="the new editor", cadence="weekly mon 09:00", open_for=timedelta(days=10), changes=3
    )
    built = ask_view.ask_form(product="Atlas", min_group=5, schedule=True, zone="Asia/Tokyo", filled=pulse)
    check(built)
    assert built["title"]["text"] == "Change the schedule"
    assert "*3 · NPS about Atlas*, in <#C0ATLAS>, confidential." in built["blocks"][0]["text"]["text"]
    inputs = {each["block_id"]: each["element"] for each in built["blocks"][1:]}
    assert not {"instrument", "product", "channel", "names"} & set(inputs)
    assert inputs["subject"]["initial_value"] == "the new editor"
    assert inputs["open_for"]["initial_option"]["value"] == "10d"
    sent: dict[str, Any] = {
        "subject": {"value": "the new editor"},
        "open_for": {"selected_option": {"value": "10d"}},
        "often": {"selected_option": {"value": "weekly"}},
        "day": {"selected_option": {"value": "tue"}},
        "at": {"selected_time": "10:00"},
        "zone": {"selected_option": {"value": "Europe/Berlin"}},
        "words": {"value": None},
    }
    read = ask_view.read_ask_form(sent, built["private_metadata"])
    assert read == replace(pulse, cadence="weekly tue 10:00")
    assert ask_view.schedule_before(built["private_metadata"]) == "weekly mon 09:00"


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
    "often, day, words, kept",
    [
        ("weekly", "mon", None, "weekly mon 07:30"),
        ("2w", "fri", None, "every 2 weeks fri 07:30"),
        ("4w", "mon", None, "every 4 weeks mon 07:30"),
        ("monthly", "d31", None, "monthly 31 07:30"),
        ("quarterly", "d1", None, "quarterly 1 07:30"),
        ("weekly", "mon", "cron 0 9 * * 1", "cron 0 9 * * 1"),
        ("weekly", "d1", "every  2 weeks mon 9:00", "every 2 weeks mon 9:00"),
    ],
)
def test_how_often_and_when_become_one_schedule(often: str, day: str, words: str | None, kept: str) -> None:
    """The lists become one text that the cadence reader understands; words for experts win."""
    fields = {
        "often": {"selected_option": {"value": often}},
        "day": {"selected_option": {"value": day}},
        "at": {"selected_time": "07:30"},
        "zone": {"selected_option": {"value": "Asia/Tokyo"}},
        "words": {"value": words},
    }
    read = ask_view.read_ask_form(state(**fields), ZONE)
    assert (read.cadence, read.zone) == (kept, "Asia/Tokyo")


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
