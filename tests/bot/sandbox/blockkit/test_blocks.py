from typing import Any

import pytest

from bot.sandbox.blockkit import blocks
from bot.sandbox.blockkit.shapes import Object
from tests.bot.sandbox.blockkit.test_objects import fits, words

BUTTON = {"type": "button", "text": words(1), "action_id": "a"}
FIELD = {"type": "plain_text_input", "action_id": "a"}
RADIO = {"type": "radio_buttons", "action_id": "a", "options": [{"text": words(1), "value": "1"}]}
PICTURE = {"type": "image", "image_url": "https://x", "alt_text": "x"}


def section(**parts: Any) -> dict[str, Any]:
    """A section block."""
    return {"type": "section", **parts}


@pytest.mark.parametrize(
    "shape,good,bad",
    [
        (blocks.SECTION, section(text=words(3000)), section(text=words(3001))),
        (blocks.SECTION, section(fields=[words(2000)] * 10), section(fields=[words(1)] * 11)),
        (blocks.SECTION, section(fields=[words(1)]), section(fields=[words(2001)])),
        (blocks.SECTION, section(text=words(1), accessory=BUTTON), section()),
        (blocks.SECTION, section(text=words(1), accessory=PICTURE), section(text=words(1), accessory=FIELD)),
        (
            blocks.SECTION,
            section(text=words(1), block_id="b" * 255),
            section(text=words(1), block_id="b" * 256),
        ),
        (blocks.HEADER, {"type": "header", "text": words(150)}, {"type": "header", "text": words(151)}),
        (
            blocks.HEADER,
            {"type": "header", "text": words(1), "level": 2},
            {"type": "header", "text": words(1, "mrkdwn")},
        ),
        (blocks.DIVIDER, {"type": "divider"}, {"type": "divider", "text": words(1)}),
        (
            blocks.CONTEXT,
            {"type": "context", "elements": [words(1), words(1, "mrkdwn"), PICTURE]},
            {"type": "context", "elements": [BUTTON]},
        ),
        (
            blocks.CONTEXT,
            {"type": "context", "elements": [words(1)] * 10},
            {"type": "context", "elements": [words(1)] * 11},
        ),
        (
            blocks.IMAGE,
            {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}, "title": words(5)},
            {"type": "image", "slack_file": {"id": "F1"}},
        ),
        (
            blocks.IMAGE,
            {"type": "image", "alt_text": "x", "image_url": "https://x"},
            {"type": "image", "alt_text": "x", "image_url": "https://x", "slack_file": {"id": "F1"}},
        ),
        (
            blocks.IMAGE,
            {"type": "image", "alt_text": "x", "slack_file": {"url": "https://x"}},
            {"type": "image", "alt_text": "x", "slack_file": {"id": "F1", "url": "https://x"}},
        ),
        (
            blocks.INPUT,
            {"type": "input", "label": words(2000), "element": FIELD, "hint": words(2000), "optional": True},
            {"type": "input", "label": words(2001), "element": FIELD},
        ),
        (
            blocks.INPUT,
            {"type": "input", "label": words(1), "element": RADIO},
            {"type": "input", "label": words(1), "element": BUTTON},
        ),
    ],
)
def test_a_block_fits_or_does_not(shape: Object, good: dict[str, Any], bad: dict[str, Any]) -> None:
    """Limits, required keys, and what may stand inside, as Slack documents them."""
    assert fits(shape, good)
    assert not fits(shape, bad)


def test_actions_hold_up_to_25_elements_with_their_own_ids() -> None:
    """Two elements of one block may not share an action_id; inputs of text do not belong there."""

    def row(count: int) -> dict[str, Any]:
        return {"type": "actions", "elements": [BUTTON | {"action_id": str(n)} for n in range(count)]}

    assert fits(blocks.ACTIONS, row(25))
    assert not fits(blocks.ACTIONS, row(26))
    assert not fits(blocks.ACTIONS, row(0))
    assert not fits(blocks.ACTIONS, {"type": "actions", "elements": [BUTTON, BUTTON]})
    assert fits(blocks.ACTIONS, {"type": "actions", "elements": [{"type": "button", "text": words(1)}] * 2})
    for wrong in (FIELD, PICTURE, {"type": "multi_static_select", "options": RADIO["options"]}):
        assert not fits(blocks.ACTIONS, {"type": "actions", "elements": [wrong]})
    assert fits(blocks.ACTIONS, {"type": "actions", "elements": [RADIO]})


def test_a_table_has_a_size() -> None:
    """100 rows of 20 cells, 10,000 characters in all; columns may be left out with null."""
    cell = {"type": "raw_text", "text": "x"}
    table = {"type": "table", "rows": [[cell] * 20] * 100, "column_settings": [None, {"align": "right"}]}
    assert fits(blocks.TABLE, table)
    assert not fits(blocks.TABLE, table | {"rows": [[cell] * 21]})
    assert not fits(blocks.TABLE, table | {"rows": [[cell]] * 101})
    assert not fits(blocks.TABLE, table | {"rows": [[cell | {"text": "x" * 5000}] * 3]})
    assert not fits(blocks.TABLE, table | {"column_settings": [{"align": "top"}]})
