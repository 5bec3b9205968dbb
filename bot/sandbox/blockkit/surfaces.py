"""Messages, modals and home tabs: which blocks each may hold, and what must be unique in it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blockkit import blocks as b
from bot.sandbox.blockkit.objects import plain
from bot.sandbox.blockkit.rich_text import RICH_TEXT
from bot.sandbox.blockkit.shapes import Flag, Many, Object, Problem, Shape, Words, by_type

_EVERYWHERE = (b.SECTION, b.ACTIONS, b.CONTEXT, b.HEADER, b.DIVIDER, b.IMAGE, b.INPUT, RICH_TEXT)

MESSAGE_BLOCKS = Many(by_type(*_EVERYWHERE, b.TABLE, where="in messages"), 50, 0)
MODAL_BLOCKS = Many(by_type(*_EVERYWHERE, where="in modals"), 100)
HOME_BLOCKS = Many(by_type(*_EVERYWHERE, b.TABLE, where="in home tabs"), 100)


def unique_block_ids(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """A block_id stands once in a message or view."""
    seen: set[str] = set()
    for place, block in enumerate(value.get("blocks", [])):
        name = block.get("block_id")
        if name in seen:
            yield Problem(f"{at}/blocks/{place}/block_id", f"duplicate block_id: {name}")
        seen |= {name} - {None}


def one_table(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """A message holds at most one table."""
    tables = [place for place, block in enumerate(value.get("blocks", [])) if block["type"] == "table"]
    for place in tables[1:]:
        yield Problem(f"{at}/blocks/{place}", "only one table is allowed in a message")


def _some_content(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if not value.get("text") and not value.get("blocks"):
        yield Problem(at, "missing required field: text or blocks")


def _submit_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        yield Problem(at, "missing required field: submit")


def _one_focus(value: dict[str, Any], at: str) -> Iterator[Problem]:
    focused = [
        place
        for place, block in enumerate(value["blocks"])
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", []))
        if isinstance(element, dict) and element.get("focus_on_load")
    ]
    for place in focused[1:]:
        yield Problem(f"{at}/blocks/{place}", "focus_on_load is allowed on one element only")


MESSAGE = Object(
    None,
    {},
    {"text": Words(4000, 0), "blocks": MESSAGE_BLOCKS},
    laws=(_some_content, unique_block_ids, one_table),
)
BLOCKS = Object(None, {"blocks": MESSAGE_BLOCKS}, laws=(unique_block_ids, one_table))

_VIEW: Mapping[str, Shape] = {
    "private_metadata": Words(3000, 0),
    "callback_id": Words(255, 0),
    "external_id": Words(255, 0),
}
MODAL = Object(
    "modal",
    {"title": plain(24), "blocks": MODAL_BLOCKS},
    {**_VIEW, "submit": plain(24), "close": plain(24), "clear_on_close": Flag(), "notify_on_close": Flag()},
    laws=(_submit_law, unique_block_ids, _one_focus),
)
HOME = Object("home", {"blocks": HOME_BLOCKS}, _VIEW, laws=(unique_block_ids, _one_focus))
VIEW = by_type(MODAL, HOME, where="of view")
