"""Emoji, shortcodes and typed faces as one word each for good, bad or neither; rows of stars as ratings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from jobs.classification.words import packaged

GOOD = "emojigood"
BAD = "emojibad"
SHRUG = "emojishrug"

_SHORTCODE = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-[2-6]:)?", re.IGNORECASE)
# Faces as they are typed: upright and lying, with noses and without. Letters are mouths only in small faces.
_EMOTICONS = (
    (
        re.compile(
            r"(?<![\w:;=])(?:[:;=]'?-?[)\]}D>*]+|[8B]-\)|^B\)|[:;=]-?[3pP]|[([{]'?-?[:;=]|[xX]D+|c:$|^\(y\)$)(?!\w)"
        ),
        GOOD,
    ),
    (re.compile(r"(?<!\w)(?:<3+|\^[_.]?\^|n_n|\\o/|[\\ヽ٩]?\((?:\^.{0,2}\^|•‿•|◕‿◕)\)[/ノ۶]?)(?!\w)"), GOOD),
    (
        re.compile(r"(?<![\w:;=])(?:>?[:=]'?-?[(\[{</\\@]+|[:=]-?[cCsS]|[)\]}]'?-?[:=]|D-?'?:|</3)(?![\w/])"),
        BAD,
    ),
    (
        re.compile(
            r"(?<!\w)(?:^\(n\)$|-[_.]+-|>[_.]+<|T_+T|;_+;|[xX]_[xX]|[qQ]_[qQ]|[ಠ¬]_[ಠ¬]|╯[^╯]{0,12}┻)(?!\w)"
        ),
        BAD,
    ),
    (re.compile(r"(?<![\w:;=])[:=]-?[|oO]+(?!\w)|(?<!\w)(?:[oO0]_[oO0]|\._\.)(?!\w)"), SHRUG),
    (re.compile(r"\(ツ\)"), SHRUG),
)
_STARS = re.compile(
    r"[★☆]{1,10}|^\s*(?:[⭐🌟]\ufe0f?|:star2?:)\s*$"
    r"|(?:[⭐🌟]\ufe0f?\s?){2,10}|(?::star2?:\s?){2,10}|^\*{1,5}$"
)
_TOP_GRADE = re.compile(r"\bA\*(?!\w)")  # "A* service"
_STARRED = re.compile(r"^[^*]*?\b([0-5](?:[.,]5)?)\*(?=$|[\s.,!])[^*]*$")
_SYMBOLS = re.compile(
    "[©®‼⁉™\u2139-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Emoji:
    """The tone of signs and shortcodes: each maps to GOOD, BAD or SHRUG; what says nothing is not in it."""

    signs: Mapping[str, str]
    shortcodes: Mapping[str, str]

    @classmethod
    def load(cls) -> Self:
        """The packaged table, `emoji.toml`."""
        table = packaged.table("emoji.toml")
        tones = ((GOOD, table["positive"]), (BAD, table["negative"]), (SHRUG, table["neither"]))
        return cls(
            signs={sign: tone for tone, names in tones for sign in names["signs"]},
            shortcodes={code: tone for tone, names in tones for code in names["shortcodes"]},
        )

    def as_words(self, text: str) -> str:
        """The same text with a word for each emoji that has a tone, none for the others; stars counted."""
        text = _SHORTCODE.sub(self._shortcode, _stars_in_words(text))
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


def _stars_in_words(text: str) -> str:
    """A row of stars as "3 of 5 stars"; one emoji of a star among words stays one."""
    text = _STARRED.sub(
        lambda found: f"{found[0][: found.start(1)]}{found[1]} of 5 stars{found[0][found.end(1) + 1 :]}", text
    )
    return _STARS.sub(lambda found: f" {_count(found[0])} of 5 stars ", _TOP_GRADE.sub("A+", text))


def _count(row: str) -> int:
    return row.count(":star") or sum(sign in "★⭐🌟*" for sign in row)
