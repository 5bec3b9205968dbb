from typing import Any

import pytest

from bot.sandbox.model import forms
from bot.sandbox.model.errors import CannotActError
from tests.bot.sandbox.conftest import actions, text_input


def options(*values: str) -> list[dict[str, Any]]:
    """Options whose words are their values."""
    return [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]


def asked(block_id: str, kind: str, **element: Any) -> dict[str, Any]:
    """An optional input block."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": block_id},
        "element": {"type": kind, "action_id": "it", **element},
        "optional": True,
    }


BLOCKS = [
    asked("pick", "static_select", options=options("a", "b"), initial_option=options("a")[0]),
    asked("ticks", "checkboxes", options=options("a", "b")),
    asked("radio", "radio_buttons", options=options("a", "b")),
    asked("place", "conversations_select", default_to_current_conversation=True),
    asked("places", "multi_conversations_select", default_to_current_conversation=True),
    asked("day", "datepicker", initial_date="2026-11-02"),
    asked("words", "plain_text_input"),
    asked("groups", "static_select", option_groups=[{"label": {}, "options": options("c")}]),
]


def values(state: forms.State) -> dict[str, Any]:
    """The reported value of each block."""
    return {
        block_id: entry[forms.VALUES[entry["type"]][0]]
        for block_id, entries in state.items()
        for entry in entries.values()
    }


def test_an_untouched_form_reports_what_was_chosen_beforehand() -> None:
    """Initial values stand, the current channel where asked for, null or an empty list elsewhere."""
    assert values(forms.fresh(BLOCKS, channel_id="C1")) == {
        "pick": options("a")[0],
        "ticks": [],
        "radio": None,
        "place": "C1",
        "places": ["C1"],
        "day": "2026-11-02",
        "words": None,
        "groups": None,
    }


def test_what_a_person_enters_is_reported_in_slacks_form() -> None:
    """Options go in by value and come out whole; None empties."""
    state = forms.fresh(BLOCKS)
    forms.put(
        state,
        BLOCKS,
        {
            "pick": None,
            "ticks": ["a", "b"],
            "radio": "b",
            "words": {"it": "hi"},
            "groups": "c",
            "day": "2026-12-24",
        },
    )
    assert values(state) == {
        "pick": None,
        "ticks": options("a", "b"),
        "radio": options("b")[0],
        "place": None,
        "places": None,
        "day": "2026-12-24",
        "words": "hi",
        "groups": options("c")[0],
    }
    forms.put(state, BLOCKS, {"ticks": "a"})
    assert values(state)["ticks"] == options("a")


@pytest.mark.parametrize("wrong", [{"pick": "z"}, {"nowhere": "a"}, {"words": {"other": "x"}}])
def test_only_what_is_offered_can_be_entered(wrong: dict[str, Any]) -> None:
    """An option, block or input that is not there cannot be chosen."""
    with pytest.raises(CannotActError):
        forms.put(forms.fresh(BLOCKS), BLOCKS, wrong)


def test_slack_checks_required_inputs_and_lengths() -> None:
    """The complaint stands under its block; an optional empty one is fine."""
    blocks = [
        text_input("needed"),
        text_input("free", optional=True),
        text_input("short", max_length=3),
        text_input("long", min_length=3),
    ]
    state = forms.fresh(blocks)
    forms.put(state, blocks, {"short": "abcd", "long": "ab"})
    assert set(forms.complaints(blocks, state)) == {"needed", "short", "long"}
    forms.put(state, blocks, {"needed": "x", "short": "abc", "long": "abc"})
    assert forms.complaints(blocks, state) == {}


def test_values_survive_an_update_where_ids_and_kind_stay() -> None:
    """A block_id that now holds another kind of input starts anew."""
    old = forms.fresh(BLOCKS)
    forms.put(old, BLOCKS, {"words": "kept", "radio": "a"})
    changed = [asked("words", "plain_text_input"), asked("radio", "static_select", options=options("a"))]
    assert values(forms.carried(old, forms.fresh(changed))) == {"words": "kept", "radio": None}


def test_menus_outside_of_inputs_have_state_too() -> None:
    """A select in an actions block is reported, a button is not."""
    row = actions(
        {"type": "static_select", "action_id": "s", "options": options("a")},
        {"type": "button", "action_id": "b"},
    )
    assert values(forms.fresh([row])) == {"row": None}
