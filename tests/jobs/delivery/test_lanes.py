"""Lanes, budgets and rests say how many messages may be begun, as functions of a clock."""

from datetime import timedelta

import pytest

from jobs.delivery import lanes as rules
from jobs.delivery.lanes import AT_ONCE, BELOW_LIMIT, COUNTS_A_MINUTE, HANGS, Budget, Lanes, rest_of
from storage.records import Lane, Post, PostKind, PostState
from tests.storage.scene import MONDAY, TEAM

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Channels rest here."""
    monkeypatch.setattr(rules, "PACE", SECOND)


def a_post(number: int, channel: str | None = None) -> Post:
    """A message in a channel of its own."""
    return Post(
        team_id=TEAM,
        key=f"wave/{number}",
        kind=PostKind.WAVE,
        ref=str(number),
        part=0,
        channel_id=channel or f"C{number}",
        state=PostState.SENDING,
    )


@pytest.mark.parametrize(
    "waiting, seconds", [(0, 5), (3, 5), (4, 15), (10, 15), (40, 60), (200, 300), (600, 900), (9000, 900)]
)
def test_counts_come_more_seldom_the_more_messages_wait(waiting: int, seconds: int) -> None:
    """The rest of a count is the shortest step in which all that wait find room in the budget."""
    assert rest_of(waiting) == timedelta(seconds=seconds)


def test_a_budget_comes_back_evenly() -> None:
    """So many at once, then one at a time; a clock set back brings none."""
    budget = Budget(2, 60)
    for _ in range(2):
        assert budget.room(MONDAY)
        budget.take(MONDAY)
    assert (budget.room(MONDAY), budget.wait(MONDAY)) == (0, SECOND)
    assert budget.room(MONDAY - timedelta(hours=1)) == 0
    assert budget.room(MONDAY - timedelta(hours=1) + SECOND) == 1
    assert budget.room(MONDAY + timedelta(hours=1)) == 2


@pytest.mark.parametrize("lane", Lane)
def test_a_lane_that_hangs_stops_no_other(lane: Lane) -> None:
    """A lane full of calls without an answer takes no room from the others."""
    lanes, number = Lanes(), 0
    while lanes.room(lane, MONDAY):
        lanes.begin(lane, a_post(number), MONDAY)
        number += 1
    assert number == AT_ONCE[lane]
    later = MONDAY + timedelta(minutes=1)
    assert all(lanes.room(other, later) == AT_ONCE[other] for other in Lane if other is not lane)


def test_posts_that_hang_make_room_for_others() -> None:
    """Two seconds later as many more may be begun, up to a most in all."""
    lanes, number, now = Lanes(), 0, MONDAY
    for _ in range(8):
        while lanes.room(Lane.POSTS, now):
            lanes.begin(Lane.POSTS, a_post(number), now)
            number += 1
        now += HANGS
    assert number == rules.MOST_POSTS


def test_counts_never_crowd_out_what_may_not_wait() -> None:
    """However many counts wait, a close finds room at once, and no minute has more than Slack takes."""
    lanes, begun = Lanes(), []
    for tenth in range(1800):
        now = MONDAY + tenth * SECOND / 10
        while lanes.room(Lane.RENEWALS, now):
            post = a_post(tenth)
            lanes.begin(Lane.RENEWALS, post, now)
            lanes.end(post)
            begun.append(now)
        assert lanes.room(Lane.CHANGES, now) == AT_ONCE[Lane.CHANGES]
    in_a_minute = [sum(at <= other < at + timedelta(minutes=1) for other in begun) for at in begun]
    assert max(in_a_minute) <= COUNTS_A_MINUTE + AT_ONCE[Lane.RENEWALS]
    assert len(begun) >= 3 * COUNTS_A_MINUTE


def test_a_channel_rests_a_second_after_a_message() -> None:
    """It is left out while one is on its way there, and for a second after; others are not."""
    lanes, post = Lanes(), a_post(1)
    lanes.begin(Lane.POSTS, post, MONDAY)
    assert lanes.left_out(MONDAY) == {(TEAM, "C1")}
    lanes.posted(post, MONDAY)
    lanes.end(post)
    assert lanes.left_out(MONDAY + SECOND * 0.9) == {(TEAM, "C1")}
    assert lanes.wait(MONDAY) == SECOND
    assert not lanes.left_out(MONDAY + SECOND)


def test_one_message_finds_out_whose_limit_it_is() -> None:
    """After "too many" in one channel one more message is sent: it goes through, and the others follow."""
    lanes, first, probe = Lanes(), a_post(1), a_post(2)
    lanes.begin(Lane.POSTS, first, MONDAY)
    assert not lanes.limited(first, timedelta(minutes=1), MONDAY)
    lanes.end(first)
    assert lanes.room(Lane.POSTS, MONDAY) == 1
    lanes.begin(Lane.POSTS, probe, MONDAY)
    assert (lanes.room(Lane.POSTS, MONDAY), lanes.room(Lane.NOTICES, MONDAY)) == (0, 0)
    lanes.posted(probe, MONDAY)
    lanes.end(probe)
    assert lanes.room(Lane.POSTS, MONDAY) == AT_ONCE[Lane.POSTS]
    assert (TEAM, "C1") in lanes.left_out(MONDAY + timedelta(seconds=59))


class Workspace:
    """A Slack that takes `limit` messages in each whole minute, and then says how long to wait."""

    def __init__(self, limit: int) -> None:
        self.limit, self.minute, self.taken = limit, MONDAY, 0
        self.paused: list[tuple[timedelta, timedelta]] = []

    def wait(self, now: timedelta) -> timedelta | None:
        """None where the message is taken."""
        minute = MONDAY + timedelta(minutes=now // timedelta(minutes=1))
        if minute != self.minute:
            self.minute, self.taken = minute, 0
        if self.taken < self.limit:
            self.taken += 1
            return None
        return minute + timedelta(minutes=1) - MONDAY - now


def test_many_refused_at_one_moment_lower_the_limit_once() -> None:
    """All that were on their way when a workspace is full are refused: that is one limit, not thirty-two."""
    lanes, posts = Lanes(), [a_post(number) for number in range(332)]
    for post in posts[:300]:
        lanes.begin(Lane.POSTS, post, MONDAY)
        lanes.posted(post, MONDAY)
        lanes.end(post)
    for post in posts[300:]:
        lanes.begin(Lane.POSTS, post, MONDAY)
    whole = [lanes.limited(post, 10 * SECOND, MONDAY + SECOND) for post in posts[300:]]
    for post in posts[300:]:
        lanes.end(post)
    assert whole == [False] + 31 * [True]
    later = MONDAY + timedelta(minutes=1)
    lanes.begin(Lane.POSTS, a_post(1000), later)
    lanes.begin(Lane.POSTS, a_post(1001), later)
    assert lanes.room(Lane.POSTS, later) == 0
    assert lanes.room(Lane.POSTS, later + timedelta(minutes=1 / 300 / BELOW_LIMIT)) == 1


def test_the_limit_of_a_workspace_is_learnt_and_kept() -> None:
    """A thousand messages at 300 a minute: none in a pause but one to find out, all within four minutes."""
    lanes, slack, left = Lanes(), Workspace(300), list(range(1000))
    paused_until, since_limit, passed = timedelta(0), 0, timedelta(0)
    while left:
        passed += timedelta(seconds=0.1)
        now = MONDAY + passed
        while passed >= paused_until and left and lanes.room(Lane.POSTS, now):
            post = a_post(left[0])
            if (TEAM, post.channel_id) in lanes.left_out(now):
                left.append(left.pop(0))
                continue
            lanes.begin(Lane.POSTS, post, now)
            wait = slack.wait(passed)
            if wait is None:
                lanes.posted(post, now)
                left.pop(0)
                since_limit = 0
            else:
                since_limit += 1
                assert since_limit <= 2
                if lanes.limited(post, wait, now):
                    paused_until, since_limit = passed + wait, 0
            lanes.end(post)
    assert passed <= timedelta(minutes=1.2 * 1000 / 300)
