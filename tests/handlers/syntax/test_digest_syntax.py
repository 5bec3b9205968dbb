"""`/pulse digest`."""

from datetime import UTC, datetime, time

import pytest

from handlers.syntax.digest_syntax import DigestVerb, DigestWords, read_digest
from handlers.syntax.syntax_error import CommandSyntaxError
from jobs.cadence import Weekly

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MONDAYS = Weekly(0, time(9))
SET = DigestVerb.SET


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", DigestWords(verb=DigestVerb.SHOW)),
        ("off", DigestWords(verb=DigestVerb.OFF)),
        ("Atlas now", DigestWords(verb=DigestVerb.NOW, product="Atlas")),
        ("preview about Atlas Pro", DigestWords(verb=DigestVerb.PREVIEW, product="Atlas Pro")),
        ("Atlas", DigestWords(verb=SET, product="Atlas")),
        ('"Off now"', DigestWords(verb=SET, product="Off now")),
        ("weekly mon 09:00", DigestWords(verb=SET, cadence=MONDAYS)),
        (
            "Atlas from <#C1|buyers> <#C2|> weekly mon 09:00 Europe/Berlin",
            DigestWords(verb=SET, product="Atlas", sources=("C1", "C2"), cadence=MONDAYS, zone=BERLIN),
        ),
        (
            "weekly mon 09:00 Europe/Berlin from <#C1>, <#C2> and <#C1> about Atlas",
            DigestWords(verb=SET, product="Atlas", sources=("C1", "C2"), cadence=MONDAYS, zone=BERLIN),
        ),
        (
            "“Weekly Planner” weekly mon 09:00",
            DigestWords(verb=SET, product="Weekly Planner", cadence=MONDAYS),
        ),
    ],
)
def test_digests(text: str, expected: DigestWords) -> None:
    """Product, sources and schedule in any order; off, now and preview alone or beside a product."""
    assert read_digest(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize(
    "text, says",
    [
        ("weekly mon 25:00 Europe/Berlin", '"25:00" is not a time'),
        ("Atlas from buyers", '"buyers" is not a channel'),
        ("Atlas from #buyers", '"#buyers" is not a channel'),
        ("Atlas from", "Say which channels"),
        ("Atlas <#C1>", 'stand after "from"'),
        ("Atlas from <#C1> now", '"now" stands alone'),
        ("now off", "stands alone"),
        ("*Atlas* weekly mon 09:00", "Leave out the * in"),
        ("Atlas weekly", "needs a time"),
        ("about", "at least one character"),
    ],
)
def test_bad_words(text: str, says: str) -> None:
    """Each wrong part has its own sentence, and nothing was changed."""
    with pytest.raises(CommandSyntaxError, match=r"Nothing was changed\.$") as refused:
        read_digest(text, now=NOW, zone=BERLIN)
    assert says in refused.value.problem
