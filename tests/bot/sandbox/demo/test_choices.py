"""Who of the cast answers, and what."""

from statistics import mean

import pytest

from bot.sandbox.demo.cast import read_cast
from bot.sandbox.demo.choices import Answer, answers_to_csat, answers_to_nps, answers_to_umux

CAST = read_cast()


def classes(answers: list[Answer]) -> tuple[int, int, int]:
    """How many chose 0 to 6, 7 or 8, 9 or 10."""
    points = [answer.points[0] for answer in answers]
    assert all(0 <= point <= 10 for point in points)
    low, high = sum(point <= 6 for point in points), sum(point >= 9 for point in points)
    return low, len(points) - low - high, high


@pytest.mark.parametrize("week", CAST.nps)
def test_customers_choose_as_the_cast_says(week: int) -> None:
    """So many in each class of NPS, each person once."""
    answers = answers_to_nps(CAST, week)
    assert classes(answers) == CAST.nps[week]
    assert len({answer.member.name for answer in answers}) == len(answers)
    assert all(answer.member.customer for answer in answers)


@pytest.mark.parametrize("week", CAST.csat)
def test_support_is_rated_as_the_cast_says(week: int) -> None:
    """So many for each point of CSAT, and nobody writes."""
    answers = answers_to_csat(CAST, week)
    chosen = [answer.points[0] for answer in answers]
    assert tuple(chosen.count(point) for point in range(1, 6)) == CAST.csat[week]
    assert not any(answer.comment for answer in answers)


@pytest.mark.parametrize("week", CAST.umux)
def test_twenty_users_come_to_the_mean_of_the_week(week: int) -> None:
    """Their scores differ, and their mean is the one in the cast to a point."""
    answers = answers_to_umux(CAST, week)
    scores = [100 * (sum(answer.points) - 2) / 12 for answer in answers]
    assert len(answers) == 20
    assert len(set(scores)) > 3
    assert mean(scores) == pytest.approx(CAST.umux[week], abs=1)
    assert all(point in range(1, 8) for answer in answers for point in answer.points)


def test_the_organisation_and_its_other_product_have_their_own_answers() -> None:
    """By the same people, as the cast says."""
    for week, counts in CAST.northwind.items():
        assert classes(answers_to_nps(CAST, week, whole=True)) == counts
    for week, middle in CAST.beacon.items():
        scores = [100 * (sum(each.points) - 2) / 12 for each in answers_to_umux(CAST, week, other=True)]
        assert mean(scores) == pytest.approx(middle, abs=1)


def test_the_story_is_the_same_each_time_and_another_each_week() -> None:
    """The rule has a seed of its own."""
    assert answers_to_umux(CAST, 1) == answers_to_umux(CAST, 1)
    names = [{answer.member.name for answer in answers_to_nps(CAST, week)} for week in (2, 6)]
    assert names[0] != names[1]


def test_whoever_writes_answers() -> None:
    """Every comment of the cast is sent, with its writer's tick."""
    sent = {
        answer.comment: answer.quote
        for answers, weeks in ((answers_to_nps, CAST.nps), (answers_to_umux, CAST.umux))
        for week in weeks
        for answer in answers(CAST, week)
        if answer.comment
    }
    assert sent == {text: member.quotes for member in CAST.person for text in member.says.values()}
