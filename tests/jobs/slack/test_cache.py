"""What is remembered of Slack has an end, in number and in time."""

from datetime import UTC, datetime, timedelta

from jobs.slack.cache import Cache

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_an_answer_is_given_until_it_is_old() -> None:
    """Within its age, or within what the asker calls fresh; an answer of None is an answer."""
    cache: Cache[str | None] = Cache(most=9, age=HOUR)
    cache.put(("T1", "U1"), None, now=NOW)
    assert cache.get(("T1", "U1"), now=NOW + HOUR - timedelta(seconds=1)) == (None,)
    assert cache.get(("T1", "U1"), now=NOW + HOUR) is None
    assert cache.get(("T1", "U1"), now=NOW + HOUR / 2, fresh=HOUR / 2) is None
    assert cache.get(("T2", "U1"), now=NOW) is None


def test_only_so_many_are_kept() -> None:
    """The one told longest ago makes room; telling it anew makes it the youngest."""
    cache: Cache[int] = Cache(most=3, age=HOUR)
    for number in (1, 2, 3, 1, 4):
        cache.put(("T1", str(number)), number, now=NOW)
    assert len(cache) == 3
    assert cache.get(("T1", "2"), now=NOW) is None
    assert cache.get(("T1", "1"), now=NOW) == (1,)


def test_what_is_too_old_is_let_go() -> None:
    """With the next answer those that have had their time are gone, not only hidden."""
    cache: Cache[int] = Cache(most=1000, age=HOUR)
    for number in range(100):
        cache.put(("T1", str(number)), number, now=NOW)
    cache.put(("T1", "new"), 0, now=NOW + HOUR)
    assert len(cache) == 1
