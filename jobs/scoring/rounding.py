"""Rounding as people learn it: a half is rounded away from zero, whatever a float makes of it. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from jobs.instruments import Instrument

_FLOAT_DUST = 9  # decimals that hold; what lies behind them is binary rounding (71.05 is 71.04999... inside)


def half_up(value: float, decimals: int = 0) -> Decimal:
    """The value to so many decimals, half away from zero; zero has no sign."""
    exact = Decimal(repr(round(value, _FLOAT_DUST)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def printed(instrument: Instrument, value: float) -> Decimal:
    """A score, or an end of its range, as people read it: a whole number, or one decimal for a mean (SEQ)."""
    return half_up(value, instrument.decimals)
