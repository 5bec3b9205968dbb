"""Words sorted into clauses."""

import pytest

from handlers.syntax.clauses import MAIN, clauses, one_channel, refuse_plain_channel, without_please
from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word, joined, split


def heads(_at: str, key: str, _following: Word) -> str | None:
    return key if key in {"about", "when"} else None


def test_a_clause_ends_where_the_next_begins() -> None:
    """Words belong to the last head before them; the head itself is left out unless it is kept."""
    said = clauses(split("nps about Atlas Pro when ready"), heads, keep="when")
    assert {name: joined(words) for name, words in said.items()} == {
        MAIN: "nps",
        "about": "Atlas Pro",
        "when": "when ready",
    }


def test_a_quoted_head_is_a_word() -> None:
    """In quotes a keyword begins nothing."""
    assert joined(clauses(split('about "when"'), heads)["about"]) == "when"


def test_one_channel_and_its_preposition_are_taken_out() -> None:
    """The channel may stand anywhere, with "in" or "to" before it, and may be named twice."""
    channel, rest = one_channel(split("nps in <#C1|x> about Life in Mono <#C1>"), "/pulse ask nps")
    assert (channel, joined(rest)) == ("C1", "nps about Life in Mono")


def test_two_channels_are_one_too_many() -> None:
    """Two different channels are refused."""
    with pytest.raises(CommandSyntaxError, match="One channel at a time"):
        one_channel(split("<#C1> <#C2>"), "/pulse ask nps")


def test_a_channel_that_slack_does_not_know_is_refused() -> None:
    """Plain text that begins with # is no channel; a number may begin with it."""
    with pytest.raises(CommandSyntaxError, match='"#atlas" is not a channel that you can see here'):
        refuse_plain_channel(split("#atlas"), "/pulse ask nps")
    refuse_plain_channel(split("#7"), "/pulse pause 7")


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("nps about Atlas please", "nps about Atlas"),
        ("2 please.", "2"),
        ("please", ""),
        ("rename Nova to Please", "rename Nova to Please"),
        ('nps about "Say please"', 'nps about "Say please"'),
    ],
)
def test_a_please_at_the_end_is_no_part_of_a_command(typed: str, kept: str) -> None:
    """It is left out behind the words of any command, unless it is the name itself."""
    assert without_please(typed) == kept
