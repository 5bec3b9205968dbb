"""What a message of Slack says, as plain text without anybody's name or id. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from jobs.messages.wording.escaping import visible
from storage.records import MOST_CHARACTERS

SOMEBODY = "@somebody"
_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_PERSONS_WORDS = frozenset({"", "thread_broadcast", "reply_broadcast", "me_message", "file_share"})
"""The subtypes of messages that a person has written; all others Slack or an app has."""
SLACKBOT = "USLACKBOT"


def is_from_person(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote it: no app, no bot, and not Slack ("joined the channel")."""
    by_app = any(message.get(part) for part in ("bot_id", "bot_profile"))
    author = message.get("user")
    written = isinstance(author, str) and author.isalnum() and author != SLACKBOT
    return written and not by_app and message.get("subtype", "") in _PERSONS_WORDS


def words_of(text: object) -> str:
    """The words of a message: people are "@somebody", channels "#channel", a link its words.

    Entities become characters. Empty where nothing is left that can be read.
    """
    if not isinstance(text, str):
        return ""
    plain = _REFERENCE.sub(_plain, text)
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    seen = visible(plain).strip()
    return seen if re.search(r"\S", seen.replace(SOMEBODY, "").replace("#channel", "")) else ""


def kept_of(words: str) -> str:
    """As much of some words as is kept."""
    return words[:MOST_CHARACTERS].rstrip()


def _plain(reference: re.Match[str]) -> str:
    target, label = reference[1], reference[2] or ""
    if target.startswith("@"):
        return SOMEBODY
    if target.startswith("#"):
        return "#channel"
    if target.startswith("!"):
        kind = target[1:].partition("^")[0]
        if kind in {"here", "channel", "everyone"}:
            return f"@{kind}"
        return label if kind == "date" else "@group"
    return label or (target if _LINK.match(target) else reference[0])
