"""Messages and forms of Slack as a terminal shows them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rich.box import ROUNDED
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

_TOKEN = re.compile(r"<!date\^[^|>]*\|([^>]*)>|<#(\w+)(?:\|[^>]*)?>|<([^|>]+)\|([^>]*)>")
_MARK = re.compile(r"\*([^*\n]+)\*|`([^`\n]+)`")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
Names = Mapping[str, str]


def panel(message: Mapping[str, Any], title: str, names: Names, *, private: bool = False) -> Panel:
    """A message in a frame; `names` are the channels' by id, `private` marks what one person sees."""
    return Panel(
        body(message, names),
        title=title,
        title_align="left",
        border_style="dim" if private else "blue",
        box=ROUNDED,
        padding=(0, 1),
    )


def body(message: Mapping[str, Any], names: Names) -> RenderableType:
    """The blocks of a message or view, or its text when it has none."""
    blocks = message.get("blocks") or []
    if not blocks:
        return mrkdwn(str(message.get("text", "")), names)
    return Group(*(row for block in blocks for row in _block(block, names)))


def mrkdwn(text: str, names: Names) -> Text:
    """Slack's markup with its bold and code, its dates as their fallback and its channels by name."""
    plain = _TOKEN.sub(lambda found: _token(found, names), text)
    shown = Text()
    at = 0
    for mark in _MARK.finditer(plain):
        shown.append(_unescape(plain[at : mark.start()]))
        shown.append(_unescape(mark[1] or mark[2]), style="bold" if mark[1] else "cyan")
        at = mark.end()
    shown.append(_unescape(plain[at:]))
    return shown


def _token(found: re.Match[str], names: Names) -> str:
    date, channel, _, label = found.groups()
    return date or (f"#{names.get(channel, channel)}" if channel else label)


def _unescape(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _block(block: Mapping[str, Any], names: Names) -> Iterator[RenderableType]:
    match block["type"]:
        case "header" | "image":
            is_picture = "alt_text" in block
            words = f"[picture: {block['alt_text']}]" if is_picture else block["text"]["text"]
            yield Text(words, style="dim" if is_picture else "bold underline")
        case "section":
            yield from _section(block, names)
        case "actions":
            yield Text(" ").join(_button(element) for element in block["elements"])
        case "context":
            for element in block["elements"]:
                small = _text(element, names)
                small.stylize("dim")
                yield small
        case "rich_text":
            yield from _quotes(block)
        case "table":
            yield _table(block)
        case "divider":
            yield Rule(style="dim")
        case "input":
            yield from _input(block)


def _section(block: Mapping[str, Any], names: Names) -> Iterator[RenderableType]:
    if "text" in block:
        yield _text(block["text"], names)
    if "fields" in block:
        cards = [Panel(_text(field, names), box=ROUNDED, border_style="dim") for field in block["fields"]]
        yield Columns(cards, equal=True)
    if "accessory" in block:
        yield _button(block["accessory"])


def _quotes(block: Mapping[str, Any]) -> Iterator[RenderableType]:
    for element in block["elements"]:
        quoted = "".join(part.get("text", "") for part in element["elements"])
        yield Padding(Text(f"“{quoted}”", style="italic"), (0, 0, 0, 2))


def _table(block: Mapping[str, Any]) -> RenderableType:
    """A table, its first row as the head."""
    head, *rows = ([_cell(cell) for cell in row] for row in block["rows"])
    shown = Table(*map(Column, head), box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*row)
    return shown


def _cell(cell: Mapping[str, Any]) -> Text:
    if "text" in cell:
        return Text(cell["text"])
    return Text("".join(part.get("text", "") for line in cell["elements"] for part in line["elements"]))


def _input(block: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield Text(block["label"]["text"], style="bold")
    for option in block["element"].get("options", []):
        yield Text(f"  ( ) {option['text']['text']}")
    if "hint" in block:
        yield Text(block["hint"]["text"], style="dim")


def _text(element: Mapping[str, Any], names: Names) -> Text:
    if element["type"] == "mrkdwn":
        return mrkdwn(element["text"], names)
    return Text(element.get("text", ""))


def _button(element: Mapping[str, Any]) -> Text:
    label = element["text"]["text"] if "text" in element else "…"
    return Text(f"[ {label} ]", style="reverse")
