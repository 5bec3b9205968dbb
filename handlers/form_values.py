"""What was put into the inputs of a form, by their block_id. Pure."""

from collections.abc import Mapping
from typing import Any

from handlers.payloads import clean


def typed_text(values: Mapping[str, Mapping[str, Any]], block_id: str) -> str:
    """What was typed into a text input, cleaned and stripped; empty when nothing was."""
    value = values.get(block_id, {}).get("value")
    return clean(value).strip() if isinstance(value, str) else ""


def ticked(values: Mapping[str, Mapping[str, Any]], block_id: str) -> bool:
    """Whether any box of a checkbox input is ticked."""
    return bool(values.get(block_id, {}).get("selected_options"))


def chosen(values: Mapping[str, Mapping[str, Any]], block_id: str) -> str | None:
    """The value of the chosen option of a radio or select input, or None."""
    option = values.get(block_id, {}).get("selected_option")
    value = option.get("value") if isinstance(option, dict) else None
    return value if isinstance(value, str) else None
