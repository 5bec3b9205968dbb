"""What is said in passing is taken as it is; names in it are guesses."""

import pytest

from handlers.syntax.saved import read_say
from storage.records import Lens

PLAIN = [
    ('about "Atlas": it is slow', None, "Atlas", "it is slow"),
    ('ux about "Atlas mobile": it is slow', Lens.UX, "Atlas mobile", "it is slow"),
    ("cx: about “Atlas”: it is slow", Lens.CX, "Atlas", "it is slow"),
    ('about "Atlas": about "Beacon": both', None, "Atlas", 'about "Beacon": both'),
]


@pytest.mark.parametrize("words, lens, name, text", PLAIN)
def test_a_name_in_quotes_before_a_colon_is_plain(
    words: str, lens: Lens | None, name: str, text: str
) -> None:
    """It is the form in which buttons say it, whatever follows."""
    read = read_say(words)
    assert read.about is not None
    assert (read.lens, read.about.name, read.about.text) == (lens, name, text)


@pytest.mark.parametrize(
    "words, guess",
    [
        ("which invoice is which about Atlas", ("Atlas", "which invoice is which")),
        ("which invoice is which, about Atlas.", ("Atlas", "which invoice is which")),
        ("which invoice is which (about Atlas)", ("Atlas", "which invoice is which")),
        ("about what is it about Atlas mobile", ("Atlas mobile", "about what is it")),
        ("about Atlas: it is slow", ("Atlas", "it is slow")),
        ("about Atlas it is slow", ("Atlas", "it is slow")),
        ("about time you fixed it", ("time", "you fixed it")),
        ("about time: fix it", ("time", "fix it")),
        ("about Atlas", ("Atlas", "")),
    ],
)
def test_what_may_be_a_name_is_a_guess(words: str, guess: tuple[str, str]) -> None:
    """Beside it all that was typed is kept, for where it is none."""
    read = read_say(words)
    assert (read.about, read.text) == (None, words)
    assert guess in [(each.name, each.text) for each in read.guesses]


@pytest.mark.parametrize(
    "words",
    [
        "ux is bad",
        "cx team was kind",
        "all about",
        "nps 9 of 10",
        "nps about",
        "I am out and about",
    ],
)
def test_words_that_only_look_like_a_command_are_words(words: str) -> None:
    """No side, no name, nothing is cut off."""
    read = read_say(words)
    assert (read.text, read.lens, read.about) == (words, None, None)


def test_a_side_with_a_colon_is_no_part_of_what_is_said() -> None:
    """As "ux: ..."."""
    read = read_say("UX: I never find export")
    assert (read.text, read.lens) == ("I never find export", Lens.UX)
