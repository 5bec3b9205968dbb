import pytest

from bot.sandbox.blockkit import rich_text
from tests.bot.sandbox.blockkit.test_objects import fits

TEXT = {"type": "text", "text": "plain", "style": {"bold": True}}
SECTION = {"type": "rich_text_section", "elements": [TEXT]}


@pytest.mark.parametrize(
    "part",
    [
        SECTION,
        {"type": "rich_text_quote", "elements": [TEXT], "border": 1},
        {"type": "rich_text_preformatted", "elements": [TEXT]},
        {"type": "rich_text_list", "style": "bullet", "elements": [SECTION], "indent": 1},
        {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://x", "text": "x"}]},
        {"type": "rich_text_section", "elements": [{"type": "channel", "channel_id": "C1"}]},
        {"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 1, "format": "{date}"}]},
    ],
)
def test_what_may_stand_in_rich_text(part: dict[str, object]) -> None:
    """Sections, quotes, preformatted text and lists of sections."""
    assert fits(rich_text.RICH_TEXT, {"type": "rich_text", "elements": [part]})


@pytest.mark.parametrize(
    "part",
    [
        TEXT,
        {"type": "rich_text_section", "elements": []},
        {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]},
        {"type": "rich_text_section", "elements": [{"type": "mrkdwn", "text": "x"}]},
        {"type": "rich_text_list", "style": "bullet", "elements": [TEXT]},
        {"type": "rich_text_list", "elements": [SECTION]},
        {"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]},
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"loud": True}}]},
    ],
)
def test_what_may_not(part: dict[str, object]) -> None:
    """Bare text, empty text, text of another kind, a list of texts."""
    assert not fits(rich_text.RICH_TEXT, {"type": "rich_text", "elements": [part]})
