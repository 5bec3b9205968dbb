"""A comment as plain text, without Slack's markup."""

import re
import unicodedata

from jobs.classification.words.emoji import Emoji

# Markup is taken out of this much, then the plain text is cut again: time is bounded, whatever comes in.
RAW_HEAD, RAW_TAIL = 6_000, 4_000
HEAD, TAIL = 1_200, 800

_ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&#39;": "'",
    "&#x27;": "'",
    "&nbsp;": " ",
}
_ENTITY = re.compile("|".join(_ENTITIES))
_CODE = re.compile(r"```.*?(?:```|$)|`[^`\n]*`", re.DOTALL)
_MENTION = re.compile(r"<[@#!][^<>\n]*>")
_LABELLED_LINK = re.compile(r"<(?:https?|mailto|tel|slack)[^<>|\s]*\|([^<>]*)>", re.IGNORECASE)
_BARE_LINK = re.compile(r"<?(?:https?://|www\.|mailto:|tel:\+?\d)[^\s<>|]*>?", re.IGNORECASE)
_ADDRESS = re.compile(r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?|(?<!\w)@[\w.-]+")
_EMPHASIS = re.compile(r"[*~]+|(?<![^\W_])_+|_+(?![^\W_])|^\s*>+", re.MULTILINE)
_LONG_RUN = re.compile(r"([a-zA-Z])\1\1+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "…": ".", "–": "-", "—": " - "})
_CONTROLS = dict.fromkeys((*range(10), *range(11, 32), *range(127, 160)), " ")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def cut(text: str, head: int, tail: int) -> str:
    """The text, or its first `head` and last `tail` characters when it is longer than both."""
    return text if len(text) <= head + tail else f"{text[:head]} {text[-tail:]}"


def plain(comment: str, emoji: Emoji) -> str:
    """The comment as plain text of at most about 2,000 characters.

    Mentions, links, addresses and code are gone, a labelled link keeps its label, emoji and shortcodes with
    a tone are words, HTML escapes are undone and control characters are spaces. Never raises for a str.
    """
    text = cut(comment, RAW_HEAD, RAW_TAIL)
    if not text.isprintable():
        text = text.translate(_CONTROLS)
    if not text.isascii():
        text = _without_invisible(text).translate(_QUOTES)
    if "&" in text:
        text = _unescaped(text)
    if "`" in text:
        text = _CODE.sub(" ", text)
    text = _without_links(text)
    text = emoji.as_words(text)
    if "*" in text or "_" in text or "~" in text or ">" in text:
        text = _EMPHASIS.sub(" ", text)
    return cut(" ".join(_LONG_RUN.sub(r"\1\1", text).split()), HEAD, TAIL)


def _without_invisible(text: str) -> str:
    """Compatible forms as one (ligatures, letters of other type faces), without marks that nobody sees."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _unescaped(text: str) -> str:
    """Slack escapes once, and what was pasted may have been escaped before."""
    for _ in range(3):
        once = _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)
        if once == text:
            break
        text = once
    return text


def _without_links(text: str) -> str:
    if "<" in text:
        text = _MENTION.sub(" ", text)
        text = _LABELLED_LINK.sub(r" \1 ", text)
    if ":" in text or "www." in text.lower():
        text = _BARE_LINK.sub(" ", text)
    return _ADDRESS.sub(" ", text) if "@" in text else text
