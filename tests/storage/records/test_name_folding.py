"""Which spellings are one name."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from storage.records.name_folding import comparison_key, fold, is_invisible

INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
INVISIBLE += "\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u3164\ufe00\ufe0f\uffa0\U000e0020\U000e0100\x00\x7f"
INVISIBLE += "\u2065\ufff0\ufff8\U000e0000\U000e0fff"  # kept free by Unicode, and drawn as nothing too
OUTER = "\"'“”„‘’«»‹›()[]{}<>.,;:!?…-–—_¡¿·•"  # fmt: skip
NAMES = st.text(max_size=20)
WORDS = st.text("Atlsé ßŞÆΣἀ東京かАя9#+.'-", min_size=1, max_size=20).filter(fold)

VARIATIONS: dict[str, Callable[[str, str], str]] = {
    "capitals": lambda name, _: name.upper(),
    "small letters": lambda name, _: name.lower(),
    "decomposed": lambda name, _: unicodedata.normalize("NFD", name),
    "composed": lambda name, _: unicodedata.normalize("NFC", name),
    "compatible": lambda name, _: unicodedata.normalize("NFKD", name),
    "folded": lambda name, _: name.casefold(),
    "full width": lambda name, _: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "invisible inside": lambda name, sign: sign.join(name),
    "invisible around": lambda name, sign: f"{sign}{name}{sign}",
    "spaces around": lambda name, _: f"\u3000 {name}\t\n",
    "wide spaces inside": lambda name, _: name.replace(" ", "\u00a0 \u2009"),
}


@pytest.mark.parametrize(
    "spelling",
    [
        "Atlas",
        "ATLAS",
        "Ａｔｌａｓ",
        "Ａtlas",
        "𝐀𝐭𝐥𝐚𝐬",
        "At\u200blas",
        "At\u00adlas",
        "\ufeffAtlas",
        "\u202eAtlas\u202c",
        "Atlas\ufe0f",
        "At\u0000las",
        "Atlas\u3164",
        "  Atlas ",
        "\u3000Atlas\u00a0",
        '"Atlas"',
        "“Atlas”",
        "„Atlas“",
        "«Atlas»",
        "‹Atlas›",
        "'Atlas'",
        "(Atlas)",
        "<Atlas>",
        "`Atlas´",
        "Atlas.",
        "Atlas,",
        "Atlas!",
        "¿Atlas?",
        "– Atlas –",
        "… Atlas …",
        "･Atlas･",
    ],
)
def test_spellings_of_one_name(spelling: str) -> None:
    """Case, width, invisible characters, spaces and punctuation around a name make no difference."""
    assert fold(spelling) == "atlas"
    assert comparison_key(spelling) == "atlas"


@pytest.mark.parametrize(
    "one, other",
    [
        ("Café", "CAFE\u0301"),
        ("straße", "STRASSE"),
        ("ΣΑΣ", "σας"),
        ("ﬁle", "FILE"),
        ("O’Brien", "o'brien"),
        ("Atlas‑Pro", "atlas–pro"),
        ("5−2", "5-2"),
        ("Atlas  two", "atlas\u00a0two"),
        ("e\u200d\u0301", "é"),
        ("ᾼ", "α\u0345"),
        ("❤\ufe0f", "❤"),
        ("a\u1ffdb", "a'b"),
        ("가", "\u1100\u1161"),
    ],
)
def test_pairs_of_one_name(one: str, other: str) -> None:
    """What is drawn alike, or differs only by case, is one name also inside."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("at las", "atlas"),
        ("Atlas 2", "Atlas"),
        ("C#", "C"),
        ("C++", "C"),
        ("A/B", "AB"),
        ("Node.js", "Nodejs"),
        ("é", "e"),
        ("Атлас", "Atlas"),
        ("100%", "100"),
        ("!", "?"),
    ],
)
def test_other_names(one: str, other: str) -> None:
    """What stands inside a name, and signs that belong to it, make a difference."""
    assert fold(one) != fold(other)


def test_a_name_of_punctuation_alone_keeps_it() -> None:
    """A name is never folded to nothing unless nothing of it is drawn."""
    assert fold(" ! ") == "!"
    assert comparison_key("?!") == "?!"
    assert fold("\u200b\u3164\u00ad ") == ""


@pytest.mark.parametrize(
    "one, other",
    [
        ("at las", "Atlas"),
        ("Node.js", "NodeJS"),
        ("Atlas-Pro", "atlas pro"),
        ("C#", "C"),
        ("Atlas (2)", "Atlas"),
        ("Atlas（２）", "Atlas"),
    ],
)
def test_the_wider_key_knows_no_spaces_and_no_punctuation(one: str, other: str) -> None:
    """Names that differ only in what people overlook are one for privacy, and yet two products."""
    assert comparison_key(one) == comparison_key(other)
    assert fold(one) != fold(other)


def test_the_wider_key_keeps_numbers_and_signs_that_tell_products_apart() -> None:
    """A version is no copy: only a number in brackets is left out."""
    assert len({comparison_key(name) for name in ("Atlas", "Atlas 2", "Atlas+", "Atlas 3")}) == 4


def test_invisible_characters_are_those_that_unicode_lists() -> None:
    """Every default-ignorable character, and no letter, space or sign before Arabic numbers."""
    assert all(is_invisible(sign) for sign in INVISIBLE)
    assert not any(
        is_invisible(sign) for sign in "aé東 \u00a0\u3000\t\n\u0301\u0600\u06dd!😀\U0001f468\ue000"
    )


@given(NAMES)
@example("\u0345\u0301α")
@example("ŉ")
@example("¨")
@example("İ")
def test_folding_twice_changes_nothing(name: str) -> None:
    """A key is its own key: folded text may be folded again wherever it goes."""
    assert fold(fold(name)) == fold(name)
    assert comparison_key(comparison_key(name)) == comparison_key(name)


@pytest.mark.parametrize("variation", VARIATIONS.values(), ids=VARIATIONS)
@given(name=WORDS, sign=st.sampled_from(INVISIBLE))
def test_keys_do_not_change_with_the_spelling(
    variation: Callable[[str, str], str], name: str, sign: str
) -> None:
    """Each variation of a name has its key, and its wider key."""
    spelling = variation(name, sign)
    assert fold(spelling) == fold(name)
    assert comparison_key(spelling) == comparison_key(name)


@given(name=WORDS, before=st.text(OUTER, max_size=4), after=st.text(OUTER, max_size=4))
def test_keys_do_not_change_with_punctuation_around(name: str, before: str, after: str) -> None:
    """Whatever marks stand around a name with a letter or number in it."""
    assume(any(character.isalnum() for character in name))
    assert fold(before + name + after) == fold(name)


@given(NAMES, NAMES)
def test_the_wider_key_is_wider(one: str, other: str) -> None:
    """Names that are one product are one for privacy."""
    if fold(one) == fold(other):
        assert comparison_key(one) == comparison_key(other)


@given(NAMES)
def test_a_key_holds_nothing_invisible(name: str) -> None:
    """So a key with such a character in it can be made by nobody who types."""
    key = fold(name)
    assert not any(is_invisible(character) for character in key)
    assert key == " ".join(key.split())
