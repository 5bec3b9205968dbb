"""Long answers in pages, each with the cursor of the next."""

from collections.abc import Sequence
from typing import Any, TypeVar

from bot.sandbox.model.errors import RefusedError

T = TypeVar("T")
LARGEST = 1000
_MARK = "page:"


def page(items: Sequence[T], limit: int, cursor: str) -> tuple[Sequence[T], dict[str, Any]]:
    """The items of this page, and the part of the answer that leads on: an empty cursor at the end."""
    if not 1 <= limit <= LARGEST:
        raise RefusedError("invalid_limit")
    if cursor and not cursor.removeprefix(_MARK).isdigit():
        raise RefusedError("invalid_cursor")
    start = int(cursor.removeprefix(_MARK)) if cursor else 0
    after = start + limit
    following = f"{_MARK}{after}" if after < len(items) else ""
    return items[start:after], {"response_metadata": {"next_cursor": following}}
