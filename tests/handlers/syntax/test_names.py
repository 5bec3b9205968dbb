"""The instrument in a command, and the number of a pulse."""

import pytest

from handlers.syntax.names import name_after, one_instrument, read_number
from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import split
from jobs.instruments import INSTRUMENTS


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_every_instrument_is_known_by_its_key_and_name(key: str) -> None:
    """People type the key or the name, in any case."""
    assert one_instrument(split(key.upper()), "/pulse") == key
    assert one_instrument(split(INSTRUMENTS[key].name), "/pulse") == key


@pytest.mark.parametrize(
    "typed, says",
    [
        ("", "Say which question: nps, csat"),
        ("nsp", "Did you mean nps?"),
        ("poetry", 'There is no question "poetry". Choose nps, csat'),
        ("nps Atlas", '"Atlas" needs "about" before it.'),
    ],
)
def test_what_is_no_instrument(typed: str, says: str) -> None:
    """A slip is offered the nearest, a stranger the list, a bare product the missing word."""
    with pytest.raises(CommandSyntaxError) as refused:
        one_instrument(split(typed), "/pulse ask nps about Atlas")
    assert says in refused.value.problem


@pytest.mark.parametrize("text", ["7", " 7 ", "#7", "pulse 7", "question 7", "Pulse #7.", "007", "<#C1|7>"])
def test_numbers(text: str) -> None:
    """A number may come with its hash, even where Slack takes that for a channel, and the word."""
    assert read_number(text, "pause") == 7


@pytest.mark.parametrize(
    "text, name",
    [
        ("for Borea", "Borea"),
        ("about Borea Pro.", "Borea Pro"),
        ("Borea", "Borea"),
        ("«Borea»", "Borea"),
        ("until fri", ""),
        ("", ""),
        ("about *x*", ""),
    ],
)
def test_a_name_after_a_question(text: str, name: str) -> None:
    """Where a question stands in place of a command, the name that follows it is not lost."""
    assert name_after(text) == name


@pytest.mark.parametrize("text", ["", "0", "-1", "seven", "1e3", "٧", "9" * 12, "7; drop table"])
def test_what_is_no_number(text: str) -> None:
    """Anything else is refused, with the command that shows the numbers there are."""
    with pytest.raises(CommandSyntaxError, match=r"Try `/pulse list`\. Nothing was changed\.$"):
        read_number(text, "pause")
