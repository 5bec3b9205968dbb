"""Messages and forms as a terminal shows them."""

from io import StringIO
from typing import Any

from rich.console import Console, RenderableType

from bot.sandbox.demo.terminal import body, mrkdwn, panel
from jobs.messages.layout.blocks import table


def shown(what: RenderableType) -> str:
    """What a console of eighty columns prints."""
    told = StringIO()
    Console(file=told, width=80, color_system=None).print(what)
    return told.getvalue()


def test_markup_becomes_words() -> None:
    """Bold and code lose their marks, a date is its fallback, a channel its name, entities characters."""
    text = "*You chose 9.* until <!date^1^{time}|Fri 17:00> in <#C1> `/pulse me` R&amp;D <https://x.example|here>"
    assert mrkdwn(text, {"C1": "atlas"}).plain == (
        "You chose 9. until Fri 17:00 in #atlas /pulse me R&D here"
    )


def test_a_comment_is_shown_as_typed() -> None:
    """Square brackets and marks of a comment are no markup of the terminal's."""
    quote: dict[str, Any] = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "[red]*no*[/red]"}]}],
    }
    assert "“[red]*no*[/red]”" in shown(body({"blocks": [quote]}, {}))


def test_every_kind_of_block_has_its_lines() -> None:
    """Buttons in brackets, choices with their labels, fields as cards; without blocks the text."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Privacy"}}
    radio = {"type": "radio_buttons", "options": [{"text": {"text": "1  Strongly disagree"}}]}
    message = {
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Atlas: first digest"}},
            {"type": "section", "fields": [{"type": "mrkdwn", "text": "*NPS*"}], "accessory": button},
            {"type": "actions", "elements": [button]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
            {"type": "divider"},
            {"type": "image", "alt_text": "Two strips", "slack_file": {"id": "F1"}},
            {"type": "input", "label": {"text": "1. Easy"}, "element": radio, "hint": {"text": "why"}},
        ]
    }
    told = shown(panel(message, "#atlas", {}))
    for words in (
        "#atlas",
        "Atlas: first digest",
        "NPS",
        "[ Privacy ]",
        "small",
        "( ) 1  Strongly",
        "why",
        "Two strips",
    ):
        assert words in told
    assert "Only words" in shown(body({"text": "Only words"}, {}))


def test_a_table_has_its_rows() -> None:
    """Its head and its cells as plain words, each row on a line."""
    told = shown(
        body({"blocks": [table(["Closed", "NPS"], [["20 Nov", "+42 (26)"], ["23 Oct", "[b]"]])]}, {})
    )
    assert [line.split() for line in told.splitlines() if line.strip()] == [
        ["Closed", "NPS"],
        ["20", "Nov", "+42", "(26)"],
        ["23", "Oct", "[b]"],
    ]
