"""What whoever invites Bifocal reads, and what it answers to a direct message."""

import pytest

from bot.sandbox.blockkit import validate_blocks
from jobs.messages.home.first_steps import invited, written_to
from jobs.messages.layout.blocks import message, section


@pytest.mark.parametrize("may_ask", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_it_is_a_message_that_slack_takes(may_ask: bool, first: bool) -> None:  # noqa: FBT001
    """Each form of it says all that its blocks say, and that only one person sees it."""
    said = invited("C1", may_ask=may_ask, first=first)
    assert validate_blocks(said["blocks"]) == []
    assert "Only you see this." in said["text"]
    assert ("Buttons: " in said["text"]) == may_ask
    assert ("10 answers on each side" in said["text"]) == (may_ask and first)


def test_the_help_comes_with_its_reason() -> None:
    """Before the help stands why it is shown."""
    said = written_to(message("Help.", section("Help")))
    assert said["text"] == "Bifocal reads commands that begin with /pulse. This is what there is. Help."
    assert [block["text"]["text"] for block in said["blocks"]][1:] == ["Help"]
