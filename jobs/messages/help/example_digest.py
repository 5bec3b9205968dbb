"""A digest with invented figures, made by what makes the real ones."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from jobs.contrast import Contrast, Direction, Side
from jobs.contrast.side_parts import SideChange
from jobs.inference import Interval
from jobs.instruments import Band
from jobs.messages.help.help_page import DIGEST
from jobs.messages.layout.blocks import Message, actions, context, message, named_buttons
from jobs.messages.report.digest_post import edition
from jobs.scoring import Score
from jobs.scoring.level import Level
from storage.records import BlockCut, Lens, People, Period, Quote, Sentiment, Touchpoint

NOTE = "Example with invented figures. Only you see this."
BLOCK = "example"
_BERLIN = ZoneInfo("Europe/Berlin")
_OCTOBER, _NOVEMBER = (date(2026, 10, 12), date(2026, 10, 23)), (date(2026, 11, 9), date(2026, 11, 20))


def example_digest() -> Message:
    """Happy customers and a product that got harder to use; with the button that sets up a digest."""
    shown = edition(_invented(), edition_id=BLOCK, link=lambda _: None, zone=None)
    text = shown["text"].removesuffix("More in the thread.").strip()
    row = [DIGEST]
    return message(
        f"{NOTE} {text} {named_buttons(row)}", context(NOTE), *shown["blocks"], actions(BLOCK, *row)
    )


def _invented() -> Contrast:
    customers = Side(
        lens=Lens.CX,
        instrument="nps",
        score=_score("nps", 26, 42.3, 12, 64),
        invited=31,
        before=_score("nps", 24, 33.3, 2, 57, days=_OCTOBER),
        before_in_month=True,
        level=_level(Band.GOOD),
        change=SideChange(direction=Direction.NOT_CLEAR, since=_OCTOBER[1], since_month=True),
        cut=_cut(Touchpoint.BILLING),
        topic=Touchpoint.BILLING,
    )
    before, now = _score("umux_lite", 24, 74.0, 66, 80, days=_OCTOBER), _score("umux_lite", 22, 52.0, 44, 60)
    users = Side(
        lens=Lens.UX,
        instrument="umux_lite",
        score=now,
        invited=40,
        before=before,
        before_in_month=True,
        level=_level(Band.POOR),
        change=SideChange(
            direction=Direction.WORSE, since=_OCTOBER[1], since_month=True, numbers=(before, now)
        ),
        cut=_cut(Touchpoint.PERFORMANCE),
        topic=Touchpoint.PERFORMANCE,
    )
    return Contrast(
        product="Atlas",
        period=Period(datetime(2026, 11, 9, tzinfo=_BERLIN), datetime(2026, 11, 21, tzinfo=_BERLIN)),
        min_group=5,
        cx=customers,
        ux=users,
        people=People.DIFFERENT,
        first=False,
        quote=Quote(comment_id="", text="Since the update every list takes ages to open.", touchpoint=None),
        quoted_sides=(Lens.UX,),
    )


def _score(
    instrument: str, n: int, value: float, low: float, high: float, *, days: tuple[date, date] = _NOVEMBER
) -> Score:
    first, last = days
    return Score(
        instrument=instrument, n=n, first_day=first, last_day=last, value=value, likely=Interval(low, high)
    )


def _level(band: Band) -> Level:
    return Level(bands=(band,), mean=0, se=0, likely=Interval(0, 0), answers=50, since=_OCTOBER[0])


def _cut(topic: Touchpoint) -> BlockCut:
    return BlockCut(comments=20, tones={Sentiment.NEGATIVE: 7}, wishes=6, topics={topic: 10}, across=None)
