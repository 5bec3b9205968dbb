"""Composition objects: texts, options, confirmations (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blockkit.shapes import Choice, Flag, Many, Object, OneOf, Problem, Shape, Words, by_type


def plain(most: int, least: int = 1) -> Object:
    """A plain_text object of at most `most` characters."""
    return Object("plain_text", {"text": Words(most, least)}, {"emoji": Flag()})


def mrkdwn(most: int) -> Object:
    """A mrkdwn object of at most `most` characters."""
    return Object("mrkdwn", {"text": Words(most)}, {"verbatim": Flag()})


def text(most: int) -> OneOf:
    """A text object of either kind."""
    return by_type(plain(most), mrkdwn(most), where="of text")


CONFIRM = Object(
    None,
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Choice(("primary", "danger"))},
)

MENU_OPTION = Object(None, {"text": plain(75), "value": Words(150)}, {"description": plain(75)})
MARKED_OPTION = Object(None, {"text": text(75), "value": Words(150)}, {"description": text(75)})
OVERFLOW_OPTION = Object(
    None, {"text": plain(75), "value": Words(150)}, {"description": plain(75), "url": Words(3000)}
)


def distinct_values(items: list[dict[str, Any]], at: str) -> Iterator[Problem]:
    """Two options with one value could not be told apart in the payload."""
    seen: set[str] = set()
    for place, option in enumerate(items):
        if option["value"] in seen:
            yield Problem(f"{at}/{place}/value", f"duplicate option value: {option['value']}")
        seen.add(option["value"])


def _group_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from distinct_values(value["options"], f"{at}/options")


def image_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """A picture comes from an address or from a file in Slack."""
    if ("image_url" in value) == ("slack_file" in value):
        yield Problem(at, "must have exactly one of: image_url, slack_file")


def _slack_file_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if ("id" in value) == ("url" in value):
        yield Problem(at, "must have exactly one of: id, url")


IMAGE_SOURCE: Mapping[str, Shape] = {
    "image_url": Words(3000),
    "slack_file": Object(None, {}, {"id": Words(255), "url": Words(3000)}, laws=(_slack_file_law,)),
}
OPTION_GROUP = Object(None, {"label": plain(75), "options": Many(MENU_OPTION, 100)}, laws=(_group_law,))
