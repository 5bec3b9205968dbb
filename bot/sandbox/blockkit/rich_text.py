"""The rich_text block and what may stand in it."""

from collections.abc import Mapping

from bot.sandbox.blockkit.shapes import Choice, Flag, Many, Object, Shape, Whole, Words, by_type

_STYLE = Object(None, {}, {word: Flag() for word in ("bold", "italic", "strike", "code")})
_MENTION_STYLE = Object(
    None,
    {},
    {word: Flag() for word in ("bold", "italic", "strike", "highlight", "client_highlight", "unlink")},
)

TEXT = Object("text", {"text": Words(3000)}, {"style": _STYLE})
LINK = Object("link", {"url": Words(3000)}, {"text": Words(3000), "style": _STYLE, "unsafe": Flag()})
_INLINE = by_type(
    TEXT,
    LINK,
    Object("emoji", {"name": Words(255)}, {"unicode": Words(255)}),
    Object("user", {"user_id": Words(255)}, {"style": _MENTION_STYLE}),
    Object("channel", {"channel_id": Words(255)}, {"style": _MENTION_STYLE}),
    Object("usergroup", {"usergroup_id": Words(255)}, {"style": _MENTION_STYLE}),
    Object("broadcast", {"range": Choice(("here", "channel", "everyone"))}),
    Object(
        "date",
        {"timestamp": Whole(0, 9_999_999_999), "format": Words(255)},
        {"url": Words(3000), "fallback": Words(255)},
    ),
    Object("color", {"value": Words(255)}),
    where="in rich text",
)
_INLINES: Mapping[str, Shape] = {"elements": Many(_INLINE, 1000)}
_BORDER: Mapping[str, Shape] = {"border": Whole(0, 1)}

SECTION = Object("rich_text_section", _INLINES)
LIST = Object(
    "rich_text_list",
    {"style": Choice(("bullet", "ordered")), "elements": Many(by_type(SECTION, where="in a list"), 1000)},
    {"indent": Whole(0, 8), "offset": Whole(0, 1_000_000), **_BORDER},
)
QUOTE = Object("rich_text_quote", _INLINES, _BORDER)
PREFORMATTED = Object(
    "rich_text_preformatted",
    {"elements": Many(by_type(TEXT, LINK, where="in preformatted text"), 1000)},
    {"language": Words(255), **_BORDER},
)
RICH_TEXT = Object(
    "rich_text",
    {"elements": Many(by_type(SECTION, LIST, QUOTE, PREFORMATTED, where="in rich_text"), 1000)},
    {"block_id": Words(255)},
)
