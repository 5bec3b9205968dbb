"""A score against an earlier one. Pure."""

from dataclasses import dataclass

from jobs.inference import (
    Counts,
    Interval,
    Sample,
    compare_nets,
    n_minus_one_test,
    newcombe,
    noticeable_mean,
    noticeable_net,
    noticeable_share,
    welch,
)
from jobs.instruments import INSTRUMENTS, Instrument, Scoring
from jobs.scoring.rounding import printed
from jobs.scoring.score import Score, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A score against an earlier one of the same instrument, both of 20 answers and more.

    `difference` is of the two printed (rounded) scores, `likely` the adjusted 95 % range of it; `p` is
    two-sided; `noticeable` is the smallest shift that these counts would have shown four times in five.
    """

    difference: float
    likely: Interval
    p: float
    noticeable: float


def compare(now: Score, before: Score) -> Change | None:
    """How a score changed; None unless both have 20 answers or more, of one instrument, and a known range.

    Net scores are compared by the adjusted Wald z test, shares by the N-1 test with Newcombe's range,
    means by Welch's t. All three take the two groups as different people, which is cautious where some
    are the same.
    """
    if now.instrument != before.instrument or not now.stage is before.stage is Stage.FULL:
        return None
    instrument = INSTRUMENTS[now.instrument]
    tested = _tested(instrument, now, before)
    if tested is None or now.value is None or before.value is None:
        return None
    interval, p, noticeable = tested
    difference = printed(instrument, now.value) - printed(instrument, before.value)
    low, high = instrument.bounds
    return Change(
        difference=float(difference),
        likely=interval.within(low - high, high - low),
        p=p,
        noticeable=noticeable,
    )


def _tested(instrument: Instrument, now: Score, before: Score) -> tuple[Interval, float, float] | None:
    """The range of the difference, p and the noticeable shift, on the instrument's scale."""
    if instrument.scoring is Scoring.NET:
        nets = _counts(now), _counts(before)
        found = compare_nets(*nets)
        return found.interval, found.p, noticeable_net(*nets)
    if instrument.scoring is Scoring.SHARE:
        shares = *_share(now), *_share(before)
        _, p = n_minus_one_test(*shares)
        return newcombe(*shares).times(100), p, 100 * noticeable_share(*shares)
    means = _sample(now), _sample(before)
    if not any(of.sd for of in means):
        return None
    found = welch(*means)
    return found.interval, found.p, noticeable_mean(*means)


def _counts(score: Score) -> Counts:
    """People by class, worked out from net score and spread, also where the score does not show them."""
    net = (score.value or 0) / 100
    either = (score.spread or 0) ** 2 + net**2
    favourable, unfavourable = round(score.n * (either + net) / 2), round(score.n * (either - net) / 2)
    return Counts(favourable, score.n - favourable - unfavourable, unfavourable)


def _share(score: Score) -> tuple[int, int]:
    return round(score.n * (score.value or 0) / 100), score.n


def _sample(score: Score) -> Sample:
    return Sample(score.value or 0, score.spread or 0, score.n)
