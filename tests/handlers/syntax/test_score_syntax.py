"""`/pulse score`, `/pulse trend` and `/pulse contrast`."""

from datetime import UTC, datetime

import pytest

from handlers.syntax.period_syntax import read_period
from handlers.syntax.score_syntax import ScoreWords, read_contrast, read_score, read_trend
from handlers.syntax.syntax_error import CommandSyntaxError

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MONTH = read_period("30d", now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", ScoreWords()),
        ("nps", ScoreWords(instrument="nps")),
        ("30d NPS", ScoreWords(instrument="nps", period=MONTH)),
        ("nps 30d about Atlas", ScoreWords(instrument="nps", period=MONTH, product="Atlas")),
        ("nps about Atlas 30d", ScoreWords(instrument="nps", period=MONTH, product="Atlas")),
        ("umux lite last 30 days", ScoreWords(instrument="umux_lite", period=MONTH)),
    ],
)
def test_scores(text: str, expected: ScoreWords) -> None:
    """Instrument, period and product in any order, each of them optional; a trend reads the same."""
    assert read_score(text, now=NOW, zone=BERLIN) == expected
    assert read_trend(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize(
    "text, expected", [("", ScoreWords()), ("30d about Atlas", ScoreWords(period=MONTH, product="Atlas"))]
)
def test_contrasts(text: str, expected: ScoreWords) -> None:
    """A contrast has a period and a product."""
    assert read_contrast(text, now=NOW, zone=BERLIN) == expected


NO_PERIODS = ("since the release", "until fri", "month", "next month", "w45", "jan-mar", "forever", "all")


@pytest.mark.parametrize(
    "text, says",
    [
        ("nsp", "Did you mean nps?"),
        ("nps 30x", '"30x" is not a period'),
        ("nps 2026-13", '"2026-13" is not a month'),
        ("nps 0d", '"0d" is not a period'),
        ("nps 30d 6w", "One period"),
        ("nps about", "at least one character"),
        ("nps csat", "One question at a time."),
        *((f"nps {words}", f'"{words}" is not a period.') for words in NO_PERIODS),
    ],
)
def test_bad_scores(text: str, says: str) -> None:
    """What is neither instrument nor period is refused with the nearest right form."""
    with pytest.raises(
        CommandSyntaxError, match=r"Try `/pulse score nps 30d about Atlas`\. Nothing was changed\.$"
    ) as refused:
        read_score(text, now=NOW, zone=BERLIN)
    assert says in refused.value.problem


def test_bad_contrasts() -> None:
    """A contrast takes no instrument."""
    with pytest.raises(CommandSyntaxError, match=r'^"nps" is not a period'):
        read_contrast("nps", now=NOW, zone=BERLIN)
