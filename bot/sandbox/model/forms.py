"""What a person has put into the inputs of a view or message, as Slack would report it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Block, elements

State = dict[str, dict[str, dict[str, Any]]]

# Under which key each kind of element reports its value, and which key fills it beforehand.
VALUES: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}


def fresh(blocks: Sequence[Block], *, channel_id: str | None = None) -> State:
    """The state before anybody touched it; `blocks` have their ids filled in.

    `channel_id` is what `default_to_current_conversation` stands for.
    """
    state: State = {}
    for block in blocks:
        for element in elements(block):
            if element["type"] in VALUES:
                entry = _entry(element, _initial(element, channel_id))
                state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def carried(old: State, new: State) -> State:
    """The state after an update: an input keeps its value while both its ids stay the same."""
    kept: State = {}
    for block_id, entries in new.items():
        for action_id, entry in entries.items():
            before = old.get(block_id, {}).get(action_id)
            same = before is not None and before["type"] == entry["type"]
            kept.setdefault(block_id, {})[action_id] = before if same and before else entry
    return kept


def put(state: State, blocks: Sequence[Block], values: Mapping[str, Any]) -> None:
    """Fill in by block_id: text, the value or values of options, an id, a date. None empties.

    A mapping under a block_id is read by action_id, for blocks that hold several inputs.
    """
    for block_id, value in values.items():
        block = next((block for block in blocks if block["block_id"] == block_id), None)
        inputs = [element for element in elements(block) if element["type"] in VALUES] if block else []
        if not inputs:
            raise CannotActError(f"there is no input in a block {block_id!r}")
        chosen = value if isinstance(value, Mapping) else {inputs[0]["action_id"]: value}
        for action_id, one in chosen.items():
            element = next((e for e in inputs if e["action_id"] == action_id), None)
            if element is None:
                raise CannotActError(f"there is no input {action_id!r} in block {block_id!r}")
            state[block_id][action_id] = entry(element, one)


def entry(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """What the element reports once a person has entered `value`; raises for what it does not offer."""
    key = VALUES[element["type"]][0]
    if value in (None, "", [], ()):
        return _entry(element, [] if key == "selected_options" else None)
    if key == "selected_option":
        return _entry(element, option(element, value))
    if key == "selected_options":
        wanted = [value] if isinstance(value, str) else list(value)
        return _entry(element, [option(element, one) for one in wanted])
    return _entry(element, value)


def option(element: Mapping[str, Any], value: str) -> dict[str, Any]:
    """The option of that value."""
    offered = [*element.get("options", [])]
    for group in element.get("option_groups", []):
        offered += group["options"]
    for one in offered:
        if one["value"] == value:
            return dict(one)
    raise CannotActError(f"{value!r} is not offered; there are {[one['value'] for one in offered]}")


def complaints(blocks: Sequence[Block], state: State) -> dict[str, str]:
    """What Slack itself says under the inputs when a person presses submit, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            value = state[block["block_id"]][element["action_id"]][VALUES[element["type"]][0]]
            if value in (None, "", []):
                if not block.get("optional"):
                    found[block["block_id"]] = "Please complete this required field."
            elif isinstance(value, str) and (words := _length(element, value)):
                found[block["block_id"]] = words
    return found


def _length(element: Mapping[str, Any], value: str) -> str | None:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if len(value) > most:
        return f"Please use {most} characters or fewer. You have {len(value)}."
    if len(value) < least:
        return f"Please use {least} characters or more. You have {len(value)}."
    return None


def _initial(element: Mapping[str, Any], channel_id: str | None) -> Any:
    key, initial = VALUES[element["type"]]
    if element.get("default_to_current_conversation") and channel_id and initial not in element:
        return [channel_id] if key.endswith("s") else channel_id
    return element.get(initial, [] if key == "selected_options" else None)


def _entry(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    return {"type": element["type"], VALUES[element["type"]][0]: value}
