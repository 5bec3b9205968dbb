"""The instrument in a command."""

import pytest

from handlers.syntax.names import one_instrument
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
        ("poetry", "Those are nps, csat"),
        ("nps Atlas", '"Atlas" needs "about" before it.'),
    ],
)
def test_what_is_no_instrument(typed: str, says: str) -> None:
    """A slip is offered the nearest, a stranger the list, a bare product the missing word."""
    with pytest.raises(CommandSyntaxError) as refused:
        one_instrument(split(typed), "/pulse ask nps about Atlas")
    assert says in refused.value.problem
