"""What in a message Slack would act upon: whom it alerts, where it leads. A judge for hostile text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ALERT = re.compile(r"<(?:@\w+|!(?:here|channel|everyone|subteam\^\w+))(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:https?:|mailto:|tel:)[^>]*>")
ALERTING = ("user", "usergroup", "broadcast")


def alerts(message: Mapping[str, Any]) -> list[str]:
    """Every mention that notifies somebody, as written, or the type of the rich text element."""
    found = [mention for text in _marked(message) for mention in _ALERT.findall(text)]
    return found + [
        part["type"] for part in _inside(message.get("blocks", [])) if part.get("type") in ALERTING
    ]


def links(message: Mapping[str, Any]) -> list[str]:
    """Every link in text, as written, and the addresses of rich text links; buttons are no text."""
    found = [link for text in _marked(message) for link in _LINK.findall(text)]
    return found + [part["url"] for part in _inside(message.get("blocks", [])) if part.get("type") == "link"]


def _marked(message: Mapping[str, Any]) -> Iterator[str]:
    """Every text in which Slack reads its markup; `plain_text` and rich text are shown as they are.

    The `text` of a message counts also beside blocks and with `mrkdwn` off: mentions work there too.
    """
    yield message.get("text") or ""
    for part in _inside(message.get("blocks", [])):
        if part.get("type") == "mrkdwn":
            yield part["text"]


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in blocks, whatever depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _inside(part)
