"""A refusal is the sentence that a person reads."""

from jobs.permissions.refusal import Refused


def test_its_text_is_what_is_read() -> None:
    """Nothing is put around it."""
    assert str(Refused("You are not in <#C1>.")) == "You are not in <#C1>."
