"""Blocks, and which element may stand in which of them (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blockkit import elements as e
from bot.sandbox.blockkit.objects import IMAGE_SOURCE, image_law, mrkdwn, plain, text
from bot.sandbox.blockkit.rich_text import RICH_TEXT
from bot.sandbox.blockkit.shapes import Choice, Flag, Many, Object, Problem, Shape, Whole, Words, by_type

_ID: Mapping[str, Shape] = {"block_id": Words(255)}
_PICKED = (e.STATIC_SELECT, e.CONVERSATIONS_SELECT, e.CHANNELS_SELECT, e.USERS_SELECT)
_PICKED_MANY = (e.MULTI_STATIC_SELECT, e.MULTI_CONVERSATIONS_SELECT)
_TICKED = (e.RADIO_BUTTONS, e.CHECKBOXES)
_DATED = (e.DATEPICKER, e.TIMEPICKER)

ACCESSORY = by_type(
    e.BUTTON,
    e.OVERFLOW,
    e.IMAGE,
    *_PICKED,
    *_PICKED_MANY,
    *_TICKED,
    *_DATED,
    where="as the accessory of a section",
)
ACTION = by_type(e.BUTTON, e.OVERFLOW, *_PICKED, *_TICKED, *_DATED, e.DATETIMEPICKER, where="in actions")
INPUT_ELEMENT = by_type(
    e.PLAIN_TEXT_INPUT,
    e.EMAIL_INPUT,
    e.URL_INPUT,
    e.NUMBER_INPUT,
    *_PICKED,
    *_PICKED_MANY,
    *_TICKED,
    *_DATED,
    e.DATETIMEPICKER,
    where="in input",
)


def _section_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if "text" not in value and "fields" not in value:
        yield Problem(at, "missing required field: text or fields")


def _action_ids_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, element in enumerate(value["elements"]):
        name = element.get("action_id")
        if name in seen:
            yield Problem(f"{at}/elements/{place}/action_id", f"duplicate action_id: {name}")
        seen |= {name} - {None}


SECTION = Object(
    "section",
    {},
    {
        **_ID,
        "text": text(3000),
        "fields": Many(text(2000), 10),
        "accessory": ACCESSORY,
        "expand": Flag(),
    },
    laws=(_section_law,),
)
ACTIONS = Object("actions", {"elements": Many(ACTION, 25)}, _ID, laws=(_action_ids_law,))
CONTEXT = Object(
    "context", {"elements": Many(by_type(e.IMAGE, plain(3000), mrkdwn(3000), where="in context"), 10)}, _ID
)
HEADER = Object("header", {"text": plain(150)}, {**_ID, "level": Whole(1, 4)})
DIVIDER = Object("divider", {}, _ID)
IMAGE = Object(
    "image",
    {"alt_text": Words(2000)},
    {**_ID, "title": plain(2000), **IMAGE_SOURCE},
    laws=(image_law,),
)
INPUT = Object(
    "input",
    {"label": plain(2000), "element": INPUT_ELEMENT},
    {**_ID, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
)

_CELL = by_type(
    Object("raw_text", {"text": Words(10_000, 0)}),
    Object("raw_number", {"value": Words(255)}),
    RICH_TEXT,
    where="in a table",
)
_COLUMN = Object(None, {}, {"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})
TABLE_CHARACTERS = 10_000


def _table_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if characters(value["rows"]) > TABLE_CHARACTERS:
        yield Problem(at, f"must be less than {TABLE_CHARACTERS + 1} characters in all cells")


def characters(part: Any) -> int:
    """How many characters of text stand anywhere inside."""
    match part:
        case {"text": str(words), **rest}:
            return len(words) + characters(rest)
        case dict():
            return sum(characters(value) for value in part.values())
        case list():
            return sum(characters(value) for value in part)
    return 0


TABLE = Object(
    "table",
    {"rows": Many(Many(_CELL, 20), 100)},
    {**_ID, "column_settings": Many(_COLUMN, 20, gaps=True)},
    laws=(_table_law,),
)
