"""Small builders of what a form asks: labels, boxes to type in, choices. All texts are plain_text."""

from collections.abc import Sequence

from jobs.messages.layout.blocks import Block, plain

MOST_RADIO_BUTTONS = 10


def option(label: str, value: str, description: str | None = None) -> Block:
    """One choice of several."""
    choice: Block = {"text": plain(label), "value": value}
    return choice | {"description": plain(description)} if description else choice


def choice(action_id: str, options: Sequence[Block], *, chosen: str | None = None) -> Block:
    """Radio buttons, or a list where Slack does not allow as many; `chosen` is a value or None."""
    kind = "radio_buttons" if len(options) <= MOST_RADIO_BUTTONS else "static_select"
    return _with_initial({"type": kind, "action_id": action_id, "options": list(options)}, chosen)


def select(action_id: str, options: Sequence[Block], *, chosen: str | None = None) -> Block:
    """A list of which one is chosen."""
    return _with_initial({"type": "static_select", "action_id": action_id, "options": list(options)}, chosen)


def checkbox(action_id: str, tick: Block, *, ticked: bool) -> Block:
    """One box to tick."""
    element: Block = {"type": "checkboxes", "action_id": action_id, "options": [tick]}
    return element | {"initial_options": [tick]} if ticked else element


def _with_initial(element: Block, chosen: str | None) -> Block:
    initial = next((each for each in element["options"] if each["value"] == chosen), None)
    return element | {"initial_option": initial} if initial else element


def text_input(action_id: str, *, longest: int, initial: str | None = None, **extras: bool) -> Block:
    """A box to type in; `extras` are `multiline` and `focus_on_load`."""
    element: Block = {"type": "plain_text_input", "action_id": action_id, "max_length": longest} | extras
    return element | {"initial_value": initial[:longest]} if initial else element


def input_block(
    block_id: str, label: str, element: Block, *, hint: str | None = None, optional: bool = False
) -> Block:
    """A labelled input of a form."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
    if hint:
        block["hint"] = plain(hint)
    return block | {"optional": True} if optional else block
