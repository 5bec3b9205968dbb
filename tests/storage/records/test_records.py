"""The words of the domain, and the little that they know of themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.records.answer_records import Recorded
from storage.records.comment_records import Comment, Correction, Label
from storage.records.delivery_records import Occasion, OccasionState, Post, PostKind, PostState
from storage.records.digest_records import Quote
from storage.records.kinds import Lens, Sentiment, Touchpoint
from storage.records.moments import Period, aware
from storage.records.pulse_records import Product, Pulse, Wave

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
PULSE = Pulse(
    team_id="T1",
    id="p",
    number=1,
    product=Product(team_id="T1", id="a", name="Atlas"),
    instrument="nps",
    lens=Lens.CX,
    subject="Atlas",
    channel_id="C1",
    named=False,
    min_group=5,
    open_for=timedelta(days=7),
    cadence=None,
    zone="Europe/Berlin",
    next_at=None,
    paused=False,
    pause_reason=None,
    leads=("U1",),
    asked_by="Priya Nair",
    created_at=NOON,
)
WAVE = Wave(
    team_id="T1",
    id="w",
    pulse=PULSE,
    question="How likely?",
    ui_version=1,
    opened_at=NOON,
    closes_at=NOON + timedelta(days=7),
    closed_at=None,
    counted_at=None,
    taken_down=False,
    invited=9,
    question_id="q1",
    answered=0,
)
LABEL = Label(
    version="1",
    sentiment=Sentiment.NEUTRAL,
    polarity=0.1,
    probabilities={Sentiment.NEGATIVE: 0.2, Sentiment.NEUTRAL: 0.5, Sentiment.POSITIVE: 0.3},
    touchpoints=(Touchpoint.BILLING, Touchpoint.SUPPORT),
)
COMMENT = Comment(team_id="T1", id="c", wave_id="w", text="Billed twice.", may_quote=True)


def test_every_topic_but_other_has_a_side() -> None:
    """Five topics are about the product, six about being a customer, and each side has an other."""
    sides = [topic.lens for topic in Touchpoint]
    assert (sides.count(Lens.UX), sides.count(Lens.CX), sides.count(None)) == (5, 6, 1)
    assert Touchpoint.OTHER.lens is None
    assert Lens.CX.other is Lens.UX
    assert Lens.UX.other is Lens.CX


def test_a_naive_moment_is_refused() -> None:
    """A moment without a zone raises, also inside a period."""
    with pytest.raises(ValueError, match="needs a zone"):
        aware(NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="needs a zone"):
        Period(NOON.replace(tzinfo=None), NOON)


def test_a_period_has_its_start_and_not_its_end() -> None:
    """Start included, end excluded; the one before touches it; it cannot end before it starts."""
    period = Period(NOON, NOON + timedelta(days=1))
    assert NOON in period
    assert period.end not in period
    assert period.previous == Period(NOON - timedelta(days=1), NOON)
    with pytest.raises(ValueError, match="ends after"):
        Period(period.end, period.start)


def test_a_period_is_the_same_on_other_clocks() -> None:
    """Seen in a zone it holds the same moments, and its days are those of the zone."""
    period = Period(NOON.replace(hour=23), NOON + timedelta(days=2))
    seen = period.seen_in(BERLIN)
    assert seen == period
    assert seen.start.day == 3


@pytest.mark.parametrize(
    "change, is_open",
    [
        ({}, True),
        ({"closes_at": NOON + timedelta(hours=1)}, False),
        ({"closed_at": NOON}, False),
        ({"taken_down": True}, False),
    ],
)
def test_when_a_click_counts(change: dict[str, object], is_open: bool) -> None:  # noqa: FBT001 - a table
    """Until the close, the end of its time or its being taken down, whichever is first."""
    wave = replace(WAVE, **change)  # type: ignore[arg-type]
    assert wave.open_at(NOON + timedelta(hours=1)) is is_open


def test_a_correction_wins_word_by_word() -> None:
    """What a lead says counts; what they leave open is the label's; without either there is none."""
    assert (COMMENT.sentiment, COMMENT.touchpoints, COMMENT.hidden) == (None, (), False)
    read = replace(COMMENT, label=LABEL)
    assert read.sentiment is Sentiment.NEUTRAL
    assert read.touchpoints == LABEL.touchpoints
    assert LABEL.confidence == pytest.approx(0.5)
    said = replace(read, correction=Correction(touchpoint=Touchpoint.BRAND))
    assert said.sentiment is Sentiment.NEUTRAL
    assert said.touchpoints == (Touchpoint.BRAND,)
    assert replace(read, correction=Correction(sentiment=Sentiment.POSITIVE)).sentiment is Sentiment.POSITIVE
    assert replace(read, correction=Correction(hidden=True)).hidden


def test_records_say_nothing_that_was_not_given() -> None:
    """The defaults: nothing before, no comment, one version wanted and none sent, no reason."""
    recorded = Recorded(wave=WAVE, first=True, kept=True)
    assert (recorded.before, recorded.points, recorded.has_comment) == ({}, {}, False)
    post = Post(
        team_id="T1", key="k", kind=PostKind.WAVE, ref="w", part=0, channel_id="C1", state=PostState.PENDING
    )
    assert (post.wanted, post.sent, post.delete, post.slack_ts) == (1, 0, False, None)
    occasion = Occasion(
        team_id="T1", owner_id="p", local="2026-11-02T09:00", due_at=NOON, state=OccasionState.DONE
    )
    assert occasion.reason is None
    assert Quote(comment_id="c", text=None, touchpoint=None).text is None
