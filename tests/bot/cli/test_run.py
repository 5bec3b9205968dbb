"""The bot for real: its clock, and what it does not look through again and again."""

import gc
from datetime import UTC

from bot.cli.run import spare_what_stays, utc_now


def test_the_clock_is_aware() -> None:
    """Moments have a zone from the start."""
    assert utc_now().tzinfo is UTC


def test_what_the_start_has_made_is_not_looked_through_again() -> None:
    """The garbage collector passes over it, and looks less often at what comes after."""
    often = gc.get_threshold()
    try:
        spare_what_stays()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > often[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*often)
