"""One of every block and element that the page draws."""

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def options(*names: str) -> list[Block]:
    """Options by their names."""
    return [{"text": plain(name), "value": name.lower()} for name in names]


MARKUP = "*bold* _italic_ ~struck~ `code` <#C0TEAM> <https://example.com|link>\n&gt; quoted"
MOMENT = "<!date^1794846600^{date_short_pretty} at {time}|then>"
CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It is gone then."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
SELECT = {
    "type": "static_select",
    "action_id": "s",
    "placeholder": plain("Pick one"),
    "options": options("One", "Two"),
}
RICH = [
    {
        "type": "rich_text_section",
        "elements": [
            {"type": "text", "text": "plain "},
            {"type": "text", "text": "bold", "style": {"bold": True}},
        ],
    },
    {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a point"}]}],
    },
    {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "as typed"}]},
    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "*as said*"}]},
]

EVERY_BLOCK: list[Block] = [
    {"type": "header", "text": plain("A title")},
    {"type": "section", "text": mrkdwn(MARKUP)},
    {"type": "section", "fields": [mrkdwn("*Left*\nCX"), mrkdwn("*Right*\nUX")]},
    {
        "type": "section",
        "text": mrkdwn("With a menu"),
        "accessory": {"type": "overflow", "action_id": "o", "options": options("Pause", "Stop")},
    },
    {"type": "section", "text": mrkdwn("With a select"), "accessory": SELECT},
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "act",
        "elements": [
            {"type": "button", "action_id": "a", "text": plain("Plain")},
            {"type": "button", "action_id": "b", "text": plain("Good"), "style": "primary"},
            {"type": "button", "action_id": "c", "text": plain("Bad"), "style": "danger", "confirm": CONFIRM},
            {"type": "radio_buttons", "action_id": "r", "options": options("Left", "Right")},
            {"type": "checkboxes", "action_id": "k", "options": options("First", "Second")},
            {"type": "datepicker", "action_id": "d", "placeholder": plain("A day")},
        ],
    },
    {"type": "context", "elements": [mrkdwn(f"Closes {MOMENT}"), plain("small")]},
    {"type": "image", "image_url": "https://example.com/nowhere.png", "alt_text": "A picture of nothing"},
    {"type": "rich_text", "elements": RICH},
]


def entry(block_id: str, label: str, element: Block, **more: Any) -> Block:
    """An input block."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": block_id} | element,
        **more,
    }


EVERY_INPUT: list[Block] = [
    entry("line", "One line", {"type": "plain_text_input"}),
    entry(
        "lines", "Several lines", {"type": "plain_text_input", "multiline": True}, hint=plain("As you like.")
    ),
    entry("radio", "One of these", {"type": "radio_buttons", "options": options("Low", "High")}),
    entry("ticks", "Some of these", {"type": "checkboxes", "options": options("Red", "Blue")}, optional=True),
    entry("select", "From a list", {"type": "static_select", "options": options("One", "Two")}),
    entry("channel", "A channel", {"type": "conversations_select", "default_to_current_conversation": True}),
    entry("time", "A time", {"type": "timepicker", "initial_time": "09:00"}),
    entry("day", "A day", {"type": "datepicker"}, optional=True),
    entry(
        "many",
        "Several from a list",
        {"type": "multi_static_select", "options": options("One", "Two")},
        optional=True,
    ),
]
