import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.classification.words.cleanup import cut, plain
from jobs.classification.words.emoji import BAD, GOOD, Emoji

EMOJI = Emoji.load()


@pytest.mark.parametrize(
    "comment,text",
    [
        ("<@U024BE7LH> thanks", "thanks"),
        ("see <#C024BE7LR|feedback>", "see"),
        ("<!here> it is down", "it is down"),
        ("the <https://example.com/a?b=c|export page> is slow", "the export page is slow"),
        ("look at <https://example.com> or www.example.com/x", "look at or"),
        ("write to <mailto:a@b.co|a@b.co> or me@example.com", "write to or"),
        ("run `npm install` first", "run first"),
        ("```\ntraceback\n``` it fails", "it fails"),
        ("*really* _very_ ~not~ good", "really very not good"),
        ("snake_case stays", "snake_case stays"),
        ("&gt; quoted\n&gt; twice", "quoted twice"),
        ("slow &amp;amp; buggy", "slow & buggy"),
        ("it\u2019s \u201cfine\u201d", 'it\'s "fine"'),
        ("goooood and sooo slow", "good and soo slow"),
        ("a\x00b\x07c", "a b c"),
        ("gr\u200beat\u202e", "great"),
        ("at 10:30:45 sharp", "at 10:30:45 sharp"),
    ],
)
def test_markup_goes_and_words_stay(comment: str, text: str) -> None:
    """What is left is what the person said, without the markup around it."""
    assert plain(comment, EMOJI) == text


@pytest.mark.parametrize(
    "comment,tones",
    [
        (":tada::rocket:", [GOOD, GOOD]),
        (":+1::skin-tone-3:", [GOOD]),
        ("\U0001f44d\U0001f3fd", [GOOD]),
        ("\U0001f44e", [BAD]),
        (":eyes: \U0001f914", []),
        ("fine :)", ["fine", GOOD]),
        ("again :-(", ["again", BAD]),
        ("\u2764\ufe0f the editor", [GOOD, "the", "editor"]),
    ],
)
def test_emoji_with_a_tone_become_words(comment: str, tones: list[str]) -> None:
    """Emoji, shortcodes and emoticons that have a tone are words; the others are nothing."""
    assert plain(comment, EMOJI).split() == tones


@given(st.text(max_size=400))
def test_any_text_can_be_cleaned(comment: str) -> None:
    """Whatever comes in, a short text comes out."""
    assert len(plain(comment, EMOJI)) <= 5_000


def test_long_text_keeps_its_beginning_and_end() -> None:
    """A text that is too long loses its middle."""
    assert cut("a" * 50 + "b" * 50 + "c" * 50, 10, 5) == "a" * 10 + " " + "c" * 5
    assert cut("short", 10, 5) == "short"
    assert len(plain("word " * 30_000, EMOJI)) <= 2_001
