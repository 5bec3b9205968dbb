"""The people of the demo."""

from collections import Counter

from bot.sandbox.demo.cast import read_cast
from jobs.classification.wish import WishReader
from jobs.classification.words.tokens import words

CAST = read_cast()


def test_forty_customers_and_twenty_users_with_two_leads() -> None:
    """Names of their own, two leads, enough people on each side for a change to be seen."""
    people = CAST.person
    assert len({member.name for member in people}) == len(people)
    assert sum(member.lead for member in people) == 2
    assert sum(member.customer for member in people) == 40
    assert 20 <= sum(member.user for member in people) <= 25
    assert any(member.customer and member.user for member in people)


def test_nobody_writes_what_another_wrote() -> None:
    """Comments are various, and each side has enough of them for two whole blocks of twenty."""
    said = [text for member in CAST.person for text in member.says.values()]
    assert [text for text, times in Counter(said).items() if times > 1] == []
    weeks = Counter(week for member in CAST.person for week in member.says)
    for asked in (CAST.nps, CAST.umux):
        assert sum(weeks[week] for week in asked) >= 40
    assert set(weeks) <= {*CAST.nps, *CAST.umux}


def test_some_wish_for_something() -> None:
    """On each side somebody does, so that the lists show what a wish is."""
    wishes = WishReader.load()
    asks = [
        member for member in CAST.person if any(wishes.read(words(text)) for text in member.says.values())
    ]
    assert any(member.customer for member in asks)
    assert any(member.user for member in asks)


def test_only_a_visitor_can_be_quoted_from_the_open_question() -> None:
    """Five people write under the question that stands open, and none of them ticks."""
    last = max(CAST.nps)
    writers = [member for member in CAST.person if last in member.says]
    assert len(writers) == 5
    assert not any(member.quotes for member in writers)
