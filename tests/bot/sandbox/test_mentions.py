from typing import Any

import pytest

from bot.sandbox.mentions import alerts, links


def in_block(part: dict[str, Any]) -> dict[str, Any]:
    """A message with this text object or rich text element in it."""
    if part["type"] in ("mrkdwn", "plain_text"):
        return {"text": "", "blocks": [{"type": "section", "text": part}]}
    quote = {"type": "rich_text_quote", "elements": [part]}
    return {"text": "", "blocks": [{"type": "rich_text", "elements": [quote]}]}


@pytest.mark.parametrize("written", ["<!channel>", "<!here|here>", "<@U1>", "<@U1|ana>", "<!subteam^S1>"])
def test_mentions_alert_where_markup_is_read(written: str) -> None:
    """In `text` and in mrkdwn they do; escaped, in plain text and in rich text they are just words."""
    assert alerts({"text": f"hi {written}"}) == [written]
    assert alerts(in_block({"type": "mrkdwn", "text": written})) == [written]
    escaped = written.replace("<", "&lt;").replace(">", "&gt;")
    assert alerts({"text": escaped}) == []
    assert alerts(in_block({"type": "plain_text", "text": written})) == []
    assert alerts(in_block({"type": "text", "text": written})) == []


def test_rich_text_alerts_by_its_elements() -> None:
    """A user or broadcast element is a mention, a channel is not."""
    assert alerts(in_block({"type": "broadcast", "range": "here"})) == ["broadcast"]
    assert alerts(in_block({"type": "channel", "channel_id": "C1"})) == []


def test_links_are_found_dates_and_channels_are_none() -> None:
    """A disguised link is one; a date token and a channel reference lead nowhere else."""
    text = "<https://evil|bank.com> <!date^1^{date}|then> <#C1>"
    assert links({"text": text}) == ["<https://evil|bank.com>"]
    assert links(in_block({"type": "link", "url": "https://x"})) == ["https://x"]
    assert alerts({"text": text}) == []
