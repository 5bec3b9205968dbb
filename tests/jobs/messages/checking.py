"""What holds for every message and every form that people see."""

import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.blockkit import validate_message, validate_view

Json = dict[str, Any]
OURS = r"#C\w+>|!date\^\d+\^[^<>|]+\|[^<>|]+>|https://[^<>|\s]+\|[^<>|]+>"
LIVE = re.compile(rf"<(?!{OURS})")
LONGEST_LABEL = 30
MOST_CHARACTERS = 13_000  # of a message's blocks; Slack refuses somewhat more, though no page says so


def check(built: Json) -> None:
    """Slack takes it as it is; nothing in it is active but what we wrote; no button has a style."""
    if built.get("type") == "modal":
        assert not validate_view(built)
        View(**built).validate_json()
    else:
        assert set(built) == {"text", "blocks"}
        assert built["text"].strip()
        assert not validate_message(built)
        assert sum(len(words) for _, words in texts(built["blocks"])) <= MOST_CHARACTERS
        parsed = Block.parse_all(built["blocks"])
        for block in parsed:
            block.validate_json()
        assert [block.to_dict() for block in parsed] == built["blocks"]
    for element in elements(built):
        check_element(element)
    assert not alive(built)


def check_element(element: Json) -> None:
    """No button has a style; labels are plain words, short enough for one line of a phone."""
    assert "style" not in element
    if element["type"] == "button":
        assert element["text"]["type"] == "plain_text"
        assert element["text"]["emoji"] is False
        assert len(element["text"]["text"]) <= LONGEST_LABEL


def alive(built: Json) -> list[str]:
    """Texts in which Slack would read more than channels, moments and links to messages of ours.

    Also mrkdwn that is not `verbatim`: there a bare @here would be read as a mention.
    """
    bare = [words for kind, words in texts(built) if kind == "mrkdwn, not verbatim"]
    return bare + [words for kind, words in texts(built) if kind != "plain" and LIVE.search(words)]


def texts(part: Any) -> Iterator[tuple[str, str]]:
    """Every text with its kind: "mrkdwn", "plain" (read for nothing), or "said" (the text of a message)."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield kind_of(part), part["text"]
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


def kind_of(part: Json) -> str:
    """How Slack reads the text of an object."""
    if part.get("type") == "mrkdwn":
        return "mrkdwn" if part.get("verbatim") else "mrkdwn, not verbatim"
    return "plain" if part.get("type") in {"plain_text", "text"} else "said"


def elements(part: Any) -> Iterator[Json]:
    """Every element that can be pressed, chosen or typed into."""
    if isinstance(part, dict):
        if "action_id" in part:
            yield part
        for value in part.values():
            yield from elements(value)
    elif isinstance(part, list):
        for each in part:
            yield from elements(each)


def labels(built: Json) -> list[str]:
    """The words on the buttons, in their order."""
    return [each["text"]["text"] for each in elements(built) if each["type"] == "button"]
