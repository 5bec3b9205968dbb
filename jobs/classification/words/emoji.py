"""Emoji and shortcodes as one word each for good, bad, or nothing to say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from jobs.classification.words import packaged

GOOD = "emojigood"
BAD = "emojibad"

_SHORTCODE = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-[2-6]:)?", re.IGNORECASE)
_EMOTICONS = (
    (re.compile(r"(?<![\w:;=])(?:[:;=]'?-?[)\]D]|\^_?\^|<3|\(:)(?![\w])"), GOOD),
    (re.compile(r"(?<![\w:;=])(?:[:=]'?-?[(\[/|]|>:-?\(|D:|</3|\):|-_-)(?![\w/])"), BAD),
)
_SYMBOLS = re.compile(
    "[©®‼⁉™\u2139-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Emoji:
    """The tone of signs and shortcodes: each maps to GOOD or BAD; those that say nothing are not in it."""

    signs: Mapping[str, str]
    shortcodes: Mapping[str, str]

    @classmethod
    def load(cls) -> Self:
        """The packaged table, `emoji.toml`."""
        table = packaged.table("emoji.toml")
        tones = ((GOOD, table["positive"]), (BAD, table["negative"]))
        return cls(
            signs={sign: tone for tone, names in tones for sign in names["signs"]},
            shortcodes={code: tone for tone, names in tones for code in names["shortcodes"]},
        )

    def as_words(self, text: str) -> str:
        """The same text with GOOD or BAD for each emoji that has a tone, and nothing for the others."""
        if (
            ":" in text
            or "=" in text
            or "<" in text
            or "(" in text
            or "_" in text
            or ";" in text
            or "^" in text
        ):
            text = _SHORTCODE.sub(self._shortcode, text)
            for emoticon, tone in _EMOTICONS:
                text = emoticon.sub(f" {tone} ", text)
        return text if text.isascii() else _SYMBOLS.sub(self._sign, text)

    def _shortcode(self, found: re.Match[str]) -> str:
        name = found[1].lower()
        if not (name in self.shortcodes or re.search("[a-z]", name)):
            return found[0]  # the middle of 10:30:45
        return f" {self.shortcodes.get(name, '')} "

    def _sign(self, found: re.Match[str]) -> str:
        return f" {self.signs.get(found[0], '')} "
