"""What a digest says over a year or two: stories of rounds, read by the words that people see."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from jobs.contrast import Contrast, SideInput, contrast
from jobs.messages.report.digest_post import edition
from jobs.messages.report.verdict import body, title
from jobs.messages.wording.voice import MRKDWN
from jobs.scoring.chosen_rounds import newest_rounds
from storage.records import Round
from tests.jobs.messages.checking import check
from tests.jobs.scoring.histories import net, of_scores, word_round

STEADY = net(10, 6, 4)
EASY = {100.0: 8, 75.0: 12}


def side(key: str, rounds: Sequence[Round]) -> SideInput:
    """A side in one channel, as it stands after its newest round."""
    return SideInput(
        instrument=key,
        rounds=newest_rounds(rounds),
        story=tuple(rounds),
        before_in_month=True,
        channels=("C1",),
    )


def after(customers: Sequence[Round], users: Sequence[Round], *, first: bool = False) -> Contrast:
    """The contrast after these rounds, told in a digest that Slack takes."""
    made = contrast(
        "Atlas", None, min_group=5, cx=side("nps", customers), ux=side("umux_lite", users), first=first
    )
    check(edition(made, edition_id="12", link=lambda _: None, zone="UTC"))
    return made


def usability(scores: Sequence[Mapping[float, int]], *, every: float = 4) -> list[Round]:
    """Rounds of UMUX-Lite by the same 20 people."""
    made: list[Round] = []
    for place, found in enumerate(scores):
        made.append(of_scores("umux_lite", place * every, found, channel="C2", shared=made))
    return made


def recommended(scores: Sequence[Mapping[float, int]], *, every: float = 4) -> list[Round]:
    """Rounds of NPS by the same people."""
    made: list[Round] = []
    for place, found in enumerate(scores):
        made.append(of_scores("nps", place * every, found, shared=made))
    return made


ABOUT_86, ABOUT_47 = {100.0: 9, 75.0: 11}, {25.0: 3, 50.0: 17}


@pytest.mark.parametrize("earlier", [2, 3, 6])
def test_a_great_fall_is_told_in_the_first_digest_after_it(earlier: int) -> None:
    """From 86 to 47 after two rounds or more: the change is said, and the title names the new word."""
    users = usability([ABOUT_86] * earlier + [ABOUT_47])
    customers = recommended([STEADY] * len(users))
    before = after(customers[:-1], users[:-1])
    made = after(customers, users)
    assert "easy to use" in title(before)
    said = body(MRKDWN, made, None)
    assert said.startswith("*Using Atlas got worse since ")
    assert "86 to 46." in said
    assert "hard to use" in title(made)


def test_a_fall_after_one_round_changes_the_word_without_a_claim() -> None:
    """There is no half before to test it against; the score before stands under the score."""
    users = usability([ABOUT_86, ABOUT_47])
    made = after(recommended([STEADY] * 2), users)
    assert "got worse" not in body(MRKDWN, made, None)
    assert made.ux.before
    assert made.ux.bands != after([], users[:1]).ux.bands


def test_noise_turns_the_title_at_most_twice() -> None:
    """NPS +19, -23, +8, +19, +58 with 20 people: the level remembers what the last round does not."""
    rounds = recommended([net(9, 6, 5), net(4, 7, 9), net(7, 8, 5), net(9, 6, 5), net(13, 5, 2)])
    users = usability([EASY] * 5)
    titles = [title(after(rounds[: place + 1], users[: place + 1])) for place in range(5)]
    assert sum(now != then for then, now in pairwise(titles)) <= 2


def test_all_equal_answers_have_a_word_and_no_range() -> None:
    """25 times the best is good, 25 times the worst is poor; nothing divides by nothing."""
    best = after(recommended([{100: 25}] * 8), usability([{0.0: 25}] * 8))
    assert title(best) == "Atlas: customers are happy, but it is hard to use"
    assert "got" not in body(MRKDWN, best, None)


def test_one_side_only() -> None:
    """The other has no card with figures, and nothing is said of a change of it."""
    made = after(recommended([STEADY] * 4), [])
    assert title(made).endswith("too few user answers so far")
    assert "Using Atlas: no answers yet." in body(MRKDWN, made, None)


def test_a_metric_that_stopped_keeps_its_word() -> None:
    """Its last score stands with its word, however long ago; it says nothing of a change twice."""
    users = usability([EASY] * 3)
    made = after(recommended([STEADY] * 20), users)
    assert made.ux.bands == after(recommended([STEADY] * 3), users).ux.bands
    old = replace(made, ux=replace(made.ux, counted_since_last=False))
    shown = str(edition(old, edition_id="12", link=lambda _: None, zone="UTC"))
    assert "from Mar 2025, 20 answers" in shown
    assert body(MRKDWN, old, None).startswith("Being a customer: no clear change since ")


def test_after_a_year_nothing_is_compared() -> None:
    """A gap of a year leaves no half before: the score before has its year, and nothing is claimed."""
    users = [*usability([EASY] * 3), of_scores("umux_lite", 60, ABOUT_47, channel="C2")]
    made = after(recommended([STEADY] * 4), users)
    assert made.ux.change is None
    shown = str(edition(made, edition_id="12", link=lambda _: None, zone="UTC"))
    assert "Mar 2025: 85, 20 answers" in shown
    assert "Using Atlas: too few answers to say" in body(MRKDWN, made, None)


def test_four_hundred_answers_in_one_round() -> None:
    """A large round has a narrow range, and does not break the words."""
    made = after(recommended([net(200, 120, 80)] * 3), usability([{100.0: 200, 75.0: 200}] * 3))
    assert title(made) == "Atlas: easy to use, and customers are fairly happy"
    assert made.cx.score
    assert made.cx.score.likely
    assert made.cx.score.likely.high - made.cx.score.likely.low < 20


def test_five_in_each_lean_and_say_no_number() -> None:
    """Word rounds are in no memory: titles lean, cards have no likely range."""
    made = after([word_round("nps", 4 * place, 5) for place in range(3)], [word_round("umux_lite", 4, 5)])
    assert title(made) == "Atlas: customers lean to poor; users lean to poor"
    assert (made.cx.level, made.cx.change) == (None, None)
    assert "Likely" not in str(edition(made, edition_id="12", link=lambda _: None, zone="UTC"))


def test_a_new_question_text_starts_its_own_story() -> None:
    """The score before is of another text and is not compared; the card says why."""
    old = recommended([STEADY] * 3)
    new = of_scores("nps", 16, STEADY, wording="2")
    made = after([*old, new], usability([EASY] * 5))
    assert (made.cx.before, made.cx.change, made.cx.reworded_on) == (None, None, new.first_day)
    assert [row.last_day for row in made.cx.history] == [new.last_day]
    shown = str(edition(made, edition_id="12", link=lambda _: None, zone="UTC"))
    assert f"New question text since {MRKDWN.day(new.first_day)}: earlier scores cannot be compared" in shown


def test_an_instrument_that_replaces_another_begins_anew() -> None:
    """Its first score is its first: no other instrument is converted into it."""
    sus = [of_scores("sus", 40, {80.0: 10, 60.0: 10})]
    made = contrast(
        "Atlas", None, min_group=5, cx=side("nps", recommended([STEADY])), ux=side("sus", sus), first=False
    )
    assert (made.ux.before, made.ux.change, len(made.ux.history)) == (None, None, 1)
    assert made.ux.level
    assert made.ux.level.answers == 20


def test_a_deleted_source_is_no_change() -> None:
    """Of two channels one stays: it is compared with itself alone, and the other is not missed."""
    low = [of_scores("nps", 4 * place, net(2, 6, 12), channel="C9") for place in range(5)]
    high = recommended([net(13, 5, 2)] * 6)
    both, alone = (
        contrast(
            "Atlas", None, min_group=5, cx=side("nps", rounds), ux=SideInput(instrument="sus"), first=False
        )
        for rounds in ([*low, *high], high)
    )
    for made in (both, alone):
        assert made.cx.change
        assert made.cx.change.direction == "not_clear"
