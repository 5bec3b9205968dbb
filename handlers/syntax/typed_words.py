"""The words of a slash command as Slack sends them, taken apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.records.name_folding import shown

# With should_escape on, Slack sends <#C1|name>, <@U1|name>, <https://a|a>; what people type is escaped.
_TOKEN = re.compile(
    r'<#(?P<channel>[A-Z0-9]+)(?:\|(?P<name>[^<>]*))?>|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"<]+|<)'
)
_SINGLE = re.compile(r"(?<!\S)'([^'\"\s](?:[^'\"]*[^'\"\s])?)'(?=[\s,;:.?]|$)")
_GLUED = re.compile(r"\s*[—–]+\s*(?=(?:about|until)\b)|(?<=\w)(?=[—–](?:about|until)\b)", re.IGNORECASE)
_COMMA = re.compile(r"(?<=[\w\"'])([,;])(?=(?:about|until)\b)", re.IGNORECASE)
_BRACKET = re.compile(r"(?<=[\w\"'])(?=[(\[](?:about|until)\b)", re.IGNORECASE)
_COLON = re.compile(r"(?<!\S)(about|until|for|of)[:=]+\s*", re.IGNORECASE)
_REFERENCE = re.compile(r"<(?P<mark>[@!]?)(?P<target>[^<>|#][^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^<>]*))?>")
_SMART = str.maketrans(dict.fromkeys("“”„‟«»‹›「」『』〝〞〟＂", '"') | dict.fromkeys("‘’‚‛", "'"))
_CODE = re.compile(r"(`{1,3})([^`]+)\1")  # typed as it was copied from a page or an answer
_MARKS_ALONE = ",;:.?!-‐‑‒–—―−…|"
_WRAPS = {"“": "”", "«": "»", "„": "“", "‘": "’", "‚": "‘", "'": "'", '"': '"'}
_PREFIX = re.compile(r"^(?:(?:/pulse|please|pls)[,\s]+)+|^/pulse$", re.IGNORECASE)
_ENDS = ",;.:?!—–…()[]"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or several in quotes; `channel` is the id where it is a channel, else None.

    `key` is what a keyword is compared with: small letters, no comma; empty for quoted words and channels.
    """

    text: str
    channel: str | None = None
    quoted: bool = False

    @property
    def key(self) -> str:
        """The word as a keyword."""
        return "" if self.quoted or self.channel else self.text.strip(_ENDS).casefold()


def split(text: str) -> list[Word]:
    """The words of a command.

    References become words or channels, entities become characters, and what is invisible is dropped.
    """
    line = _REFERENCE.sub(_plain, _visible(text).translate(_SMART))
    for pattern, instead in (
        (_SINGLE, r'"\1"'),
        (_GLUED, " — "),
        (_COMMA, r"\1 "),
        (_BRACKET, " "),
        (_COLON, r"\1 "),
    ):
        line = pattern.sub(instead, line)
    words = []
    for found in _TOKEN.finditer(line):
        if found["channel"]:
            words.append(Word(f"#{found['name'] or 'channel'}", channel=found["channel"]))
        elif found["quoted"] is not None:
            inside = _CHANNEL.sub(lambda name: f"#{name[1] or ''}", found["quoted"])
            words.append(Word(" ".join(_unescape(inside).split()), quoted=True))
        else:
            words.append(Word(_unescape(found["bare"])))
    return words


def split_command(text: str) -> tuple[str, str]:
    """The subcommand in small letters and what follows it, as Slack sent it; both may be empty."""
    line = " ".join(_visible(text).split())
    while line[:1] in _WRAPS and line.endswith(_WRAPS[line[0]]) and len(line) > 1:
        line = line[1:-1].strip()
    line = _PREFIX.sub("", line)
    first, _, rest = line.partition(" ")
    return " ".join(word.text for word in split(first)).strip(_ENDS).casefold(), rest


def as_seen(text: str) -> str:
    """A command as it stands in the message box of whoever typed it: "#atlas" for a channel."""
    return _unescape(_REFERENCE.sub(_plain, _CHANNEL.sub(lambda name: f"#{name[1] or 'channel'}", text)))


def joined(words: Iterable[Word]) -> str:
    """Words as one text."""
    return " ".join(word.text for word in words if word.text)


def without_marks(words: Iterable[Word]) -> list[Word]:
    """Words without those that are nothing but dashes and punctuation."""
    return [word for word in words if word.quoted or word.channel or word.text.strip(_MARKS_ALONE)]


def in_quotes(words: Iterable[Word] | None) -> bool:
    """Whether what was typed is one thing in quotation marks."""
    return [word.quoted for word in without_marks(words or [])] == [True]


def _visible(text: str) -> str:
    seen = "".join(" " if character.isspace() else character for character in shown(text))
    return _CODE.sub(r"\2", seen)


def _plain(reference: re.Match[str]) -> str:
    name = reference["label"] or reference["target"].partition("^")[0]
    return ("@" if reference["mark"] else "") + name


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
