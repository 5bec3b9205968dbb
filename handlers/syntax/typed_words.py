"""The words of a slash command as Slack sends them, taken apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.records.name_folding import shown

# With should_escape on, Slack sends <#C1|name>, <@U1|name>, <https://a|a>; what people type is escaped.
_TOKEN = re.compile(
    r'<#(?P<channel>[A-Z0-9]+)(?:\|(?P<name>[^<>]*))?>|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"<]+|<)'
)
_REFERENCE = re.compile(r"<(?P<mark>[@!]?)(?P<target>[^<>|#][^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^<>]*))?>")
_SMART = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
_CODE = re.compile(r"(`{1,3})([^`]+)\1")  # typed as it was copied from a page or an answer
_ENDS = ",;."


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
    first, _, rest = line.removeprefix("/pulse ").partition(" ")
    return " ".join(word.text for word in split(first)).strip(_ENDS).casefold(), rest


def joined(words: Iterable[Word]) -> str:
    """Words as one text."""
    return " ".join(word.text for word in words if word.text)


def _visible(text: str) -> str:
    seen = "".join(" " if character.isspace() else character for character in shown(text))
    return _CODE.sub(r"\2", seen)


def _plain(reference: re.Match[str]) -> str:
    name = reference["label"] or reference["target"].partition("^")[0]
    return ("@" if reference["mark"] else "") + name


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
