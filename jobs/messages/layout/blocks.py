"""Small builders of Block Kit: plain dicts.

Arguments named `text` of section, context and fields are mrkdwn: what people have typed stands in them only
after `safe()`. All other texts are plain_text, in which Slack reads no markup.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jobs.messages.wording.escaping import clean, escape
from jobs.messages.wording.voice import spoken
from storage.records import Picture

Block = dict[str, Any]
Message = dict[str, Any]
View = dict[str, Any]

MOST_RADIO_BUTTONS = 10  # Slack's limits
MOST_OPTIONS = 100
LONGEST_OPTION = 75


def plain(text: str) -> Block:
    """A plain_text object; shortcodes such as :tada: stay words."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object; `verbatim`, so that a name such as @here or a web address stays plain letters."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, *, accessory: Block | None = None) -> Block:
    """A paragraph, with at most one element at its side."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block | {"accessory": accessory} if accessory else block


def plain_section(text: str, *, accessory: Block | None = None) -> Block:
    """A paragraph in which nothing is read as markup: the place for a comment."""
    block: Block = {"type": "section", "text": plain(text)}
    return block | {"accessory": accessory} if accessory else block


def fields(*texts: str) -> Block:
    """Cards: beside each other on a wide screen, below each other on a narrow one."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(text: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain(text)}


def image(shown: Picture) -> Block:
    """A picture that Slack holds; its words are for whoever does not see it."""
    return {"type": "image", "slack_file": {"id": shown.file}, "alt_text": shown.words}


def is_plain(message: Mapping[str, Any]) -> bool:
    """Whether a message does without what Slack may refuse: a picture, a table."""
    return not any(block["type"] in {"image", "table"} for block in message.get("blocks", []))


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def quote(text: str) -> Block:
    """Somebody's words as a quotation, with no markup read in them."""
    words = {"type": "text", "text": clean(text)}
    return _rich_text({"type": "rich_text_quote", "elements": [words]})


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A table of plain words: the first column on the left, all others on the right."""
    bold = [{"type": "text", "text": head, "style": {"bold": True}} for head in heads]
    first = [_rich_text({"type": "rich_text_section", "elements": [head]}) for head in bold]
    cells = [[{"type": "raw_text", "text": clean(cell)} for cell in row] for row in rows]
    sides = [{"align": "right" if place else "left"} for place in range(len(heads))]
    return {"type": "table", "column_settings": sides, "rows": [first, *cells]}


def _rich_text(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def actions(block_id: str, *elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    label: str,
    action_id: str,
    *,
    value: str | None = None,
    read_as: str | None = None,
    url: str | None = None,
    confirm: Block | None = None,
) -> Block:
    """A button without a style. `read_as` is what a screen reader says instead of its label."""
    element: Block = {"type": "button", "action_id": action_id, "text": plain(label)}
    extras = {"value": value, "accessibility_label": read_as, "url": url, "confirm": confirm}
    return element | {key: extra for key, extra in extras.items() if extra is not None}


def named_buttons(row: Sequence[Block]) -> str:
    """The names of buttons, escaped, with which the `text` of a message ends; empty without any."""
    names = escape(", ".join(each["text"]["text"] for each in row))
    stop = "" if names.endswith(".") else "."
    return f"Button{'s' if len(row) > 1 else ''}: {names}{stop}" if names else ""


def confirm(title: str, text: str, *, yes: str, no: str, danger: bool = False) -> Block:
    """A question before a button does its work."""
    dialog: Block = {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}
    return dialog | {"style": "danger"} if danger else dialog


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str | None = None,
    metadata: str | None = None,
) -> View:
    """A whole modal."""
    view: View = {"type": "modal", "callback_id": callback_id, "title": plain(title), "close": plain(close)}
    view["blocks"] = list(blocks)
    if submit:
        view["submit"] = plain(submit)
    return view | {"private_metadata": metadata} if metadata else view


def message(text: str, *blocks: Block) -> Message:
    """A message: `text` says everything that the blocks say."""
    return {"text": text, "blocks": list(blocks)}


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


def long_select(action_id: str, options: Sequence[Block], *, chosen: str | None = None) -> Block:
    """A list of any length, in groups of 100 where it needs them, each named by its first and last choice."""
    if len(options) <= MOST_OPTIONS:
        return select(action_id, options, chosen=chosen)
    parts = [options[at : at + MOST_OPTIONS] for at in range(0, len(options), MOST_OPTIONS)][:MOST_OPTIONS]
    groups = [
        {"label": plain(_cut(f"{part[0]['text']['text']} to {part[-1]['text']['text']}")), "options": part}
        for part in parts
    ]
    element: Block = {"type": "static_select", "action_id": action_id, "option_groups": groups}
    initial = next((each for each in options if each["value"] == chosen), None)
    return element | {"initial_option": initial} if initial else element


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_OPTION else f"{label[: LONGEST_OPTION - 1]}…"


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


def with_notes(shown: Message, notes: Sequence[str]) -> Message:
    """The message below these sentences of mrkdwn, if there are any."""
    if not notes:
        return shown
    said = " ".join(spoken(note) for note in notes)
    return message(f"{said} {shown['text']}", context("\n".join(notes)), *shown["blocks"])
