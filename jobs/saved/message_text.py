"""What a message of Slack says, as plain text without anybody's name or id. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from jobs.messages.wording.escaping import visible
from storage.records import MOST_CHARACTERS

SOMEBODY = "@somebody"
_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_TO_SLACK = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]+\.)*slack(?:-gov)?\.com(?::\d+)?/(?P<path>[^\s<>|]*)"
    r"|slack://(?P<app>[^\s<>|]*)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:^|/)(?:team|user_profile|user)\b", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:^|/)archives\b", re.IGNORECASE)
_ID = re.compile(r"\b[A-Z](?=[A-Z0-9]*[0-9])[A-Z0-9]{4,}\b", re.IGNORECASE)
_END = ".,;:!?)]}'\"*_~`"  # of a sentence, not of the link that stands before it
A_MESSAGE, A_PLACE = "a message", "a place in Slack"
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
    seen = visible(without_ids(plain)).strip()
    left = seen
    for nothing in (SOMEBODY, "#channel", A_MESSAGE, A_PLACE):
        left = left.replace(nothing, "")
    return seen if left.strip() else ""


def without_ids(words: str) -> str:
    """Words in which links into Slack are no more than what they lead to: a person, a message, a place."""
    return _TO_SLACK.sub(_place, words)


def kept_of(words: str) -> str:
    """As much of some words as is kept."""
    return words[:MOST_CHARACTERS].rstrip()


def _place(link: re.Match[str]) -> str:
    whole = link[0]
    end = whole[len(whole.rstrip(_END)) :]
    path = link["path"] if link["path"] is not None else link["app"]
    if _PERSON.search(path):
        return SOMEBODY + end
    if _MESSAGE.search(path):
        return A_MESSAGE + end
    return A_PLACE + end if _ID.search(path) else whole


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
    if (plain := without_ids(target)) != target:
        return plain
    return label or (target if _LINK.match(target) else reference[0])
