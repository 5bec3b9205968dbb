"""The bot for real: its clock, and what it does not look through again and again."""

import gc
import signal
from datetime import UTC

from bot.cli.run import signals_to_end, spare_what_stays, utc_now

PYTHONS_OWN = (700, 10, 10)  # tests look less often


def test_the_clock_is_aware() -> None:
    """Moments have a zone from the start."""
    assert utc_now().tzinfo is UTC


def test_what_the_start_has_made_is_not_looked_through_again() -> None:
    """The garbage collector passes over it, and looks less often at what comes after."""
    often = gc.get_threshold()
    gc.set_threshold(*PYTHONS_OWN)
    try:
        spare_what_stays()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > PYTHONS_OWN[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*often)


def test_a_closed_terminal_ends_it_in_order_but_under_nohup() -> None:
    """What whoever started it had ignored stays ignored."""
    before = signal.getsignal(signal.SIGHUP)
    try:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        assert signals_to_end() == [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        assert signals_to_end() == [signal.SIGINT, signal.SIGTERM]
    finally:
        signal.signal(signal.SIGHUP, before)
