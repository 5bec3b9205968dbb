"""A pulse's number."""

import pytest

from handlers.syntax.pulse_number import read_number
from handlers.syntax.syntax_error import CommandSyntaxError


@pytest.mark.parametrize("text", ["7", " 7 ", "#7", "pulse 7", "Pulse #7.", "007", "<#C1|7>"])
def test_numbers(text: str) -> None:
    """A number may come with its hash, even where Slack takes that for a channel, and the word."""
    assert read_number(text, "pause") == 7


@pytest.mark.parametrize("text", ["", "0", "-1", "7 8", "seven", "1e3", "٧", "9" * 12, "7; drop table"])
def test_what_is_no_number(text: str) -> None:
    """Anything else is refused, with the command as it should be."""
    with pytest.raises(CommandSyntaxError, match=r"Try `/pulse pause 7`\. Nothing was changed\.$"):
        read_number(text, "pause")
