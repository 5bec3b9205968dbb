"""When two spellings are one name: the key that a product is found by, and a wider one for privacy. Pure.

Both rest on NFKC and case folding (Unicode Standard, Annex 15 and section 5.18), which no later version of
Unicode changes for a letter that exists.
"""

import re
from functools import lru_cache
from unicodedata import category, normalize

_DRAWN = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
"""Characters of the category "format" that are drawn all the same: the signs before Arabic numbers."""
_FILLERS = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0}
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_RESERVED = {0x2065, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)}
"""With the category "format" these three are Unicode's Default_Ignorable_Code_Point, now and in future."""
_JOINERS = "\u200c\u200d"
_SHAPES = {0x180B, 0x180C, 0x180D, 0x180F} | _SELECTORS
_ALIKE = str.maketrans(
    dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛‹›`´ˋˊ", "'") | {"−": "-", "\u2800": " "}
)
_BRACKETS = frozenset("<>")
_PART_OF_A_NAME = frozenset("#%&@/\\§")
"""Punctuation that is not taken off the end of a name: C and C# are two products."""
_NUMBER_IN_BRACKETS = re.compile(r" ?\(\d+$")  # a folded name has lost the last bracket


def is_invisible(character: str) -> bool:
    """Whether a character is drawn as nothing: controls, joiners, marks of direction, selectors, fillers.

    Half a surrogate pair is no character at all.
    """
    code = ord(character)
    if category(character) in {"Cc", "Cf", "Cs"}:
        return not character.isspace() and code not in _DRAWN
    return code in _FILLERS or code in _SELECTORS or code in _RESERVED


def shown(text: str) -> str:
    """Text without what is drawn as nothing, but for joiners and selectors, which shape their neighbours."""
    return "".join(
        sign for sign in text if not is_invisible(sign) or sign in _JOINERS or ord(sign) in _SHAPES
    )


def fold(name: str) -> str:
    """The key of a name: names with the same key are one product.

    Case, width, composed or decomposed letters, invisible characters, the kind of dash and quotation mark,
    how many spaces, and punctuation around the name make no difference. Empty where nothing is drawn.
    """
    key = _step(name)
    while key != (again := _step(key)):
        key = again
    return key


@lru_cache(1024)  # the few products and subjects of a workspace, asked for every mark at a count
def comparison_key(name: str) -> str:
    """A wider key, by which privacy takes two products for one: without spaces and punctuation too.

    A number in brackets at the end is left out: a migration gave it to products that had one name.
    """
    folded = fold(name)
    bare = _NUMBER_IN_BRACKETS.sub("", folded)
    return fold("".join(character for character in bare if category(character)[0] not in "PZ")) or folded


def _step(text: str) -> str:
    """One round of folding; repeated until it changes nothing, since each part may make work for another."""
    quoted = normalize("NFC", text).translate(_ALIKE)
    drawn = "".join(character for character in quoted if not is_invisible(character))
    alike = normalize("NFKC", normalize("NFKC", drawn).casefold())
    one_dash = "".join("-" if category(character) == "Pd" else character for character in alike)
    spaced = " ".join(one_dash.split())
    return _without_outer_punctuation(spaced) or spaced


def _without_outer_punctuation(text: str) -> str:
    start, end = 0, len(text)
    while start < end and (_is_outer(text[start]) or _is_mark(text[start])):
        start += 1
    while start < end:
        base = end - 1
        while base > start and _is_mark(text[base]):  # an accent goes with what it stands on
            base -= 1
        if not _is_outer(text[base]):
            break
        end = base
    return text[start:end]


def _is_outer(character: str) -> bool:
    if character in _PART_OF_A_NAME:
        return False
    return character == " " or character in _BRACKETS or category(character)[0] == "P"


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"
