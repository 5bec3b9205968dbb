"""The bot for real: its clock."""

from datetime import UTC

from bot.cli.run import utc_now


def test_the_clock_is_aware() -> None:
    """Moments have a zone from the start."""
    assert utc_now().tzinfo is UTC
