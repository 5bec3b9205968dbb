import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.blockkit import validate_blocks, validate_message, validate_view
from bot.sandbox.blockkit.surfaces import MESSAGE_BLOCKS, MODAL_BLOCKS
from tests.bot.sandbox.blockkit.test_objects import words
from tests.bot.sandbox.conftest import actions, button, modal, text_input

DIVIDER = {"type": "divider"}

# Messages and views of the bot (receipt, digest_nothing_new, form_sent, comment_promoter), shortened.
RECEIPT: dict[str, Any] = {
    "text": "You chose 9. Buttons: Add a comment, Take it back.",
    "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*You chose 9.* Change it until Friday."}},
        {
            "type": "actions",
            "block_id": "answer/41",
            "elements": [
                button("comment", "Add a comment", value="41"),
                button(
                    "take_back",
                    "Take it back",
                    value="41",
                    confirm={
                        "title": {"type": "plain_text", "text": "Take back your answer?", "emoji": False},
                        "text": {"type": "plain_text", "text": "It is erased.", "emoji": False},
                        "confirm": {"type": "plain_text", "text": "Take it back", "emoji": False},
                        "deny": {"type": "plain_text", "text": "Keep it", "emoji": False},
                    },
                ),
            ],
        },
    ],
}
NOTHING_NEW: dict[str, Any] = {
    "text": "Atlas: nothing new this week.",
    "blocks": [
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "*Atlas:* nothing new this week."}]}
    ],
}
SENT: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form_sent",
    "title": {"type": "plain_text", "text": "Saved, thank you", "emoji": False},
    "close": {"type": "plain_text", "text": "Close", "emoji": False},
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Change your answers until Friday."}}],
    "private_metadata": '{"wave":43}',
}
COMMENT = modal(
    {
        "type": "input",
        "block_id": "comment",
        "label": words(40),
        "element": {
            "type": "plain_text_input",
            "action_id": "text",
            "multiline": True,
            "max_length": 1000,
            "focus_on_load": True,
        },
        "hint": words(40),
        "optional": True,
    },
    {
        "type": "input",
        "block_id": "allow",
        "label": words(10),
        "element": {
            "type": "checkboxes",
            "action_id": "allow",
            "options": [{"text": words(29), "value": "quote", "description": words(29)}],
        },
        "optional": True,
    },
)


def test_real_messages_and_views_pass() -> None:
    """A receipt, a digest, a form and a page of this bot."""
    assert validate_message(RECEIPT) == validate_message(NOTHING_NEW) == []
    assert validate_view(SENT) == validate_view(COMMENT) == []


@pytest.mark.parametrize(
    "message,pointer",
    [
        ({"text": ""}, ""),
        ({"text": "x" * 4001}, "/text"),
        ({"text": "x", "blocks": [DIVIDER] * 51}, "/blocks"),
        ({"text": "x", "colour": "red"}, ""),
        ({"text": "x", "blocks": [{"type": "alert", "text": words(1)}]}, "/blocks/0/type"),
        ({"text": "x", "blocks": [DIVIDER | {"block_id": "a"}] * 2}, "/blocks/1/block_id"),
        (
            {"text": "x", "blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2},
            "/blocks/1",
        ),
    ],
)
def test_messages_that_slack_refuses(message: dict[str, Any], pointer: str) -> None:
    """Each problem points at its place."""
    assert [problem.pointer for problem in validate_message(message)] == [pointer]


@pytest.mark.parametrize(
    "change,pointer",
    [
        ({"title": words(25)}, "/title/text"),
        ({"submit": words(25)}, "/submit/text"),
        ({"close": words(25)}, "/close/text"),
        ({"title": words(5, "mrkdwn")}, "/title/type"),
        ({"private_metadata": "x" * 3001}, "/private_metadata"),
        ({"callback_id": "x" * 256}, "/callback_id"),
        ({"blocks": []}, "/blocks"),
        ({"blocks": [DIVIDER] * 101}, "/blocks"),
        ({"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}]}, "/blocks/0/type"),
        ({"blocks": [text_input("a"), text_input("a")]}, "/blocks/1/block_id"),
        ({"blocks": [text_input("a", focus_on_load=True), text_input("b", focus_on_load=True)]}, "/blocks/1"),
        ({"submit_disabled": True}, ""),
        ({"type": "home"}, ""),
    ],
)
def test_views_that_slack_refuses(change: dict[str, Any], pointer: str) -> None:
    """Limits of a modal, of its texts and of what it holds."""
    assert pointer in [problem.pointer for problem in validate_view(modal(text_input("a")) | change)]


def test_a_form_with_inputs_needs_a_submit_button() -> None:
    """Without inputs it may do without."""
    without = {key: value for key, value in modal(text_input("a")).items() if key != "submit"}
    assert [p.message for p in validate_view(without)] == ["missing required field: submit"]
    assert validate_view(without | {"blocks": [DIVIDER]}) == []


def test_a_home_tab_has_no_title() -> None:
    """Blocks, and at most its three names."""
    home = {"type": "home", "blocks": [DIVIDER] * 100, "private_metadata": "", "callback_id": "home"}
    assert validate_view(home) == []
    assert validate_view(home | {"blocks": [DIVIDER] * 101})
    assert (MESSAGE_BLOCKS.most, MODAL_BLOCKS.most) == (50, 100)


def test_no_list_of_blocks_is_no_blocks() -> None:
    """An empty list is fine, another JSON value is not."""
    assert validate_blocks([]) == []
    junk: list[Any] = ["x", {}, None, [None], [[]], [{"type": None}]]
    for wrong in junk:
        assert validate_blocks(wrong)


def spots(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to each object inside."""
    if isinstance(value, dict):
        yield path
        for key, part in value.items():
            yield from spots(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from spots(part, (*path, place))


@settings(max_examples=60)
@given(st.data())
def test_no_stray_key_and_no_other_json_value_passes_unseen(data: st.DataObject) -> None:
    """A key that Slack does not know, anywhere, is a problem; junk of any form raises nothing."""
    message: dict[str, Any] = copy.deepcopy(data.draw(st.sampled_from([RECEIPT, NOTHING_NEW, SENT, COMMENT])))
    path = data.draw(st.sampled_from(list(spots(message))))
    spot: Any = message
    for step in path:
        spot = spot[step]
    check = validate_view if "type" in message else validate_message
    key = data.draw(st.sampled_from(sorted(spot)))
    kept = spot[key]
    spot["stray"] = 1
    assert check(message)
    del spot["stray"]
    spot[key] = data.draw(
        st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists, max_leaves=4)
    )
    assert isinstance(check(message), list)
    spot[key] = kept
    assert check(message) == []


def test_rows_of_buttons_pass() -> None:
    """Eleven buttons in three rows, as a question has them."""
    rows = [
        actions(*(button(f"point/{n}", str(n)) for n in range(start, end)), block_id=f"rate/{start}")
        for start, end in ((0, 4), (4, 8), (8, 11))
    ]
    assert validate_message({"text": "How likely?", "blocks": rows}) == []
