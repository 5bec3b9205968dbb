"""The people, questions and figures of the drawings, of which a test overrides what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.contrast import Contrast, Direction, OpenQuestion, Side
from jobs.contrast.side_parts import SideChange
from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Band
from jobs.messages.respondent.question import question_text
from jobs.privacy.progress_rule import Progress
from jobs.privacy.progress_rule import Stage as ProgressStage
from jobs.scoring import Score
from jobs.scoring.level import Level
from storage.records import (
    Across,
    BlockCut,
    Comment,
    Digest,
    Label,
    Lean,
    Lens,
    People,
    Period,
    Product,
    Pulse,
    Quote,
    Response,
    Sentiment,
    Touchpoint,
    Wave,
)

BERLIN = ZoneInfo("Europe/Berlin")
CLOSES = datetime(2026, 11, 27, 16, tzinfo=UTC)  # Friday 17:00 in Berlin
OPENED = CLOSES - timedelta(days=7)
NOW = CLOSES - timedelta(hours=3)
SIX_WEEKS = Period(datetime(2026, 10, 12, tzinfo=BERLIN), datetime(2026, 11, 23, tzinfo=BERLIN))
NOVEMBER = Period(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))
ATLAS = Product(team_id="T1", id="p1", name="Atlas")
INVOICE = "I never know which invoice is which."
MIXED_TO_GOOD = (Band.MIXED, Band.GOOD)


def pulse(key: str = "nps", *, number: int = 41, subject: str = "Atlas", product: str = "Atlas") -> Pulse:
    """A confidential pulse of Priya Nair in #atlas-customers, asked once."""
    return Pulse(
        team_id="T1",
        id=f"pulse-{number}",
        number=number,
        product=replace(ATLAS, name=product),
        instrument=key,
        lens=INSTRUMENTS[key].lens,
        subject=subject,
        channel_id="C0ATLAS",
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
        created_at=OPENED,
    )


def wave(of: Pulse | None = None, **changes: object) -> Wave:
    """An open wave of a pulse, its id the pulse's number, 12 of 61 answered."""
    of = of or pulse()
    made = Wave(
        team_id="T1",
        id=str(of.number),
        pulse=of,
        question=question_text(INSTRUMENTS[of.instrument], of.subject),
        ui_version=1,
        opened_at=OPENED,
        closes_at=CLOSES,
        closed_at=None,
        counted_at=None,
        taken_down=False,
        invited=61,
        question_id="q1",
        answered=12,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # a test names fields of its own choice


def comment(text: str = INVOICE, *, key: str = "c1", may_quote: bool = True) -> Comment:
    """A comment that nobody has classified."""
    return Comment(team_id="T1", id=key, wave_id="41", text=text, may_quote=may_quote)


def labelled(
    text: str, tone: Sentiment, *topics: Touchpoint, key: str = "c1", wish: bool | None = None
) -> Comment:
    """A comment with a tone and topics."""
    label = Label(version="1", sentiment=tone, polarity=0.0, probabilities={}, touchpoints=topics, wish=wish)
    return replace(comment(text, key=key), label=label)


def response(of: Wave | None = None, *points: int, said: Comment | None = None) -> Response:
    """What somebody chose, item by item."""
    chosen = dict(enumerate(points or (9,), 1))
    return Response(wave=of or wave(), respondent="hash", points=chosen, answered_at=NOW, comment=said)


def digest(name: str = "Atlas", *, channel_id: str = "C0TEAM", cadence: str = "weekly mon 09:00") -> Digest:
    """The digest of Atlas in #atlas-team, on Mondays."""
    return Digest(
        team_id="T1",
        id="d1",
        product=replace(ATLAS, name=name),
        channel_id=channel_id,
        sources=("C0ATLAS", "C0USERS"),
        cadence=cadence,
        zone="Europe/Berlin",
        next_at=datetime(2026, 11, 30, 8, tzinfo=UTC),
        cx_metric="nps",
        ux_metric="sus",
        min_group=5,
        paused=False,
        pause_reason=None,
        leads=("U1",),
        created_at=OPENED,
    )


def score(key: str, n: int, value: float | None = None, likely: tuple[float, float] | None = None) -> Score:
    """The score of one round that closed on a Friday."""
    return Score(
        instrument=key,
        n=n,
        first_day=date(2026, 11, 9),
        last_day=date(2026, 11, 20),
        value=value,
        likely=Interval(*likely) if likely else None,
    )


def word_of(key: str, n: int, lean: Lean) -> Score:
    """The word of a word round."""
    return replace(score(key, n), lean=lean)


def earlier(of: Score) -> Score:
    """The same four weeks before."""
    return replace(of, first_day=date(2026, 10, 12), last_day=date(2026, 10, 23))


def waits(stage: ProgressStage, channel_id: str = "C0ATLAS", **more: object) -> Progress:
    """A question with a schedule that waits for its next round."""
    made = Progress(
        channel_id=channel_id,
        stage=stage,
        answers=3,
        score_from=10,
        asked_next=datetime(2026, 12, 14, 9, tzinfo=UTC),
        zone="Europe/Berlin",
    )
    return replace(made, **more)  # type: ignore[arg-type] # a test names fields of its own choice


def level(*bands: Band) -> Level | None:
    """A level that names these bands; None without any."""
    if not bands:
        return None
    since = date(2026, 7, 3)
    return Level(bands=bands, mean=46.0, se=9.0, likely=Interval(34.0, 57.0), answers=61, since=since)


def banded(of: Side, *bands: Band) -> Side:
    """The side with another word."""
    return replace(of, level=level(*bands))


def changed(
    of: Side, direction: Direction, now: Score, before: Score, *, since: date = date(2026, 10, 23)
) -> Side:
    """The side with these scores, the second of which is told as the one since which it changed."""
    numbers = None if direction is Direction.NOT_CLEAR else (before, now)
    found = SideChange(direction=direction, since=since, since_month=True, visible=55.0, numbers=numbers)
    return replace(of, score=now, before=before, change=found)


CX = Side(
    lens=Lens.CX,
    instrument="nps",
    score=replace(score("nps", 28, 32.14, (2.2, 56.4)), favourable=14, middle=9, unfavourable=5),
    channels=("C0ATLAS",),
    invited=61,
    before=earlier(score("nps", 24, 16.67, (-15.2, 45.1))),
    before_in_month=True,
    level=level(*MIXED_TO_GOOD),
    cut=BlockCut(
        comments=24,
        tones={Sentiment.NEGATIVE: 7},
        topics={Touchpoint.BILLING: 10},
        across=Across(comments=18, about_other=6),
    ),
)
UX = Side(
    lens=Lens.UX,
    instrument="sus",
    score=score("sus", 22, 69.4, (61.7, 77.1)),
    channels=("C0USERS",),
    invited=40,
    before=earlier(score("sus", 20, 72.1, (65.2, 79.0))),
    before_in_month=True,
    level=level(*MIXED_TO_GOOD),
    uncut=14,
)
NORMAL = Contrast(
    product="Atlas",
    period=NOVEMBER,
    min_group=5,
    cx=CX,
    ux=UX,
    people=People.DIFFERENT,
    first=False,
    quote=Quote(comment_id="c1", text=INVOICE, touchpoint=None),
)
SPLIT = replace(
    NORMAL,
    cx=banded(replace(CX, score=score("nps", 40, 55.0, (31.0, 72.0))), Band.GOOD),
    ux=banded(
        replace(UX, instrument="umux_lite", score=score("umux_lite", 31, 55.0, (48.0, 63.0))), Band.POOR
    ),
    quote=None,
)


def still_open(channel_id: str, *, has_form: bool) -> OpenQuestion:
    """A question that closes on Friday 17:00."""
    return OpenQuestion(channel_id=channel_id, closes_at=CLOSES, has_form=has_form, slack_ts="1.1")


NO_CX = replace(CX, score=None, level=None, before=None, cut=None, uncut=14)
NO_UX = replace(UX, score=None, level=None, before=None)
ONE_SIDE = replace(
    NORMAL,
    ux=replace(
        NO_UX,
        progress=(waits(ProgressStage.OPEN, "C0USERS", at=CLOSES),),
        open_question=still_open("C0USERS", has_form=True),
    ),
)
TOO_FEW = replace(
    NORMAL,
    period=None,
    people=None,
    cx=replace(NO_CX, progress=(waits(ProgressStage.TOO_FEW),)),
    ux=replace(NO_UX, progress=(waits(ProgressStage.TOO_FEW, answers=4),)),
)
