"""One side of a contrast: its score, its word, what may be said of a change, and the rounds before. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jobs.contrast.changed import Direction, changed
from jobs.contrast.cuts import SideComments
from jobs.contrast.record import Contrast, Side
from jobs.contrast.side_parts import HistoryRow, OpenQuestion, SideChange
from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Instrument, printed
from jobs.privacy.progress_rule import Progress, Stage
from jobs.privacy.round_rule import NUMBER_FROM
from jobs.scoring import Score, score_of
from jobs.scoring.chosen_rounds import ChosenRounds, comparable, stands_alone
from jobs.scoring.level import CountedRound, level_of
from storage.records import Lens
from storage.records.round_records import OldRound, Question, Round, RoundKind

MOST_ROUNDS = 6  # of a side that its story tells


@dataclass(frozen=True, slots=True, kw_only=True)
class SideInput:
    """What is known of one lens.

    `instrument` is the key of the one that speaks for the side, None while nothing was asked. `rounds` are
    those that are shown, and those before. `before_in_month` says that the month is name enough for these.
    `story` are the rounds of what speaks for the side, up to those that are shown, withdrawn ones too;
    `older` are those too long past to be told, for the level.
    `counted_since_last` is False where the digest has shown the newest of them before.
    `first_asked` is when a side without an instrument will be asked first, where that is planned. `comments`
    says what may be shown of those on this side.
    """

    instrument: str | None = None
    rounds: ChosenRounds = field(default_factory=ChosenRounds)
    before_in_month: bool = False
    story: tuple[Round, ...] = ()
    older: tuple[OldRound, ...] = ()
    counted_since_last: bool = True
    channels: tuple[str, ...] = ()
    first_asked: date | None = None
    progress: tuple[Progress, ...] = ()
    open_question: OpenQuestion | None = None
    comments: SideComments = field(default_factory=SideComments)


def build_side(lens: Lens, given: SideInput, *, min_group: int, of: int = 1) -> Side:
    """The side of a lens, one `of` so many; `min_group` is the smallest group that was promised."""
    if given.instrument is None:
        return _not_asked(lens, given, min_group)
    instrument, (now, before) = INSTRUMENTS[given.instrument], given.rounds
    return Side(
        lens=lens,
        instrument=given.instrument,
        score=score_of(instrument, now),
        score_from=max(NUMBER_FROM, min_group),
        channels=given.channels,
        invited=_invited(now),
        before=score_of(instrument, before),
        before_in_month=given.before_in_month,
        level=level_of(instrument, (*given.older, *given.story)),
        change=_change(instrument, given, of),
        history=history_of(instrument, given.story),
        counted_since_last=given.counted_since_last,
        score_in_month=len(now) == 1 and stands_alone(now[0], given.story),
        reworded_on=None if before else _reworded_on(given.story, given.older),
        progress=given.progress,
        cut=given.comments.cut,
        cut_of_one=given.comments.cut_of_one,
        uncut=given.comments.waiting,
        topic=given.comments.topic,
        open_question=given.open_question,
    )


def speaking(lens: Lens, asked: Iterable[Question], metric: str | None) -> Question | None:
    """A question on what speaks for a side: its instrument, with names or not; None where nothing was asked.

    Of what was asked without names, if anything was, it is `metric`, else the first by rank. What was asked
    elsewhere and comes from a file speaks where nothing was asked here.
    """
    found = [each for each in asked if each.lens is lens and each.instrument in INSTRUMENTS]
    found.sort(key=lambda each: (each.source, each.named, INSTRUMENTS[each.instrument].rank))
    kept = [each for each in found if (each.source, each.named) == (found[0].source, found[0].named)]
    return next((each for each in kept if each.instrument == metric), next(iter(kept), None))


def without_withdrawn(contrast: Contrast, rounds: Collection[Round], cut_on: Collection[Lens]) -> Contrast:
    """A contrast that was told, without these rounds and the cuts of these sides: they were withdrawn.

    Of several user sides a round is taken out of the one of its product; where none has that product, since
    it was merged into another one, out of all.
    """
    named = {side.product_id for side in contrast.sides}

    def of(side: Side) -> list[Round]:
        mine = side.product_id
        return [one for one in rounds if mine in ("", one.question.product_id) or not _is_in(one, named)]

    sides = [_reduced(side, of(side), cut_gone=side.lens in cut_on) for side in contrast.sides]
    others = tuple(each for each in contrast.others if not any(_holds(each.score, one) for one in rounds))
    return replace(contrast.with_sides(sides), others=others)


def _is_in(one: Round, product_ids: Collection[str]) -> bool:
    return one.question.product_id in product_ids


def _reduced(side: Side, rounds: Iterable[Round], *, cut_gone: bool) -> Side:
    if cut_gone:
        side = replace(side, cut=None, uncut=0, topic=None, reduced=True)
    spoke = (side.lens, side.instrument)
    gone = [one for one in rounds if (one.question.lens, one.question.instrument) == spoke]
    if not gone:
        return side
    days = {one.last_day for one in gone}
    history = tuple(row for row in side.history if row.last_day not in days)
    side = replace(side, before=None, level=None, change=None, history=history, reduced=True)
    if side.score is None or not any(_holds(side.score, one) for one in gone):
        return side
    newest = max(gone, key=lambda one: one.counted_on)
    withdrawn = Progress(
        channel_id=newest.question.channel_id, stage=Stage.WITHDRAWN, counted_on=newest.counted_on
    )
    return replace(side, score=None, history=(), progress=(withdrawn,))


def _holds(score: Score, one: Round) -> bool:
    """Whether a score is made of a round; every one of its days is in it."""
    question = one.question
    same = (score.instrument, score.named, score.source) == (
        question.instrument,
        question.named,
        question.source,
    )
    if not same or score.first_day is None or score.last_day is None:
        return same
    return score.first_day <= one.first_day and one.last_day <= score.last_day


def _not_asked(lens: Lens, given: SideInput, min_group: int) -> Side:
    """A side on which nothing was asked; something may have been written about it all the same."""
    return Side(
        lens=lens,
        instrument=None,
        score=None,
        score_from=max(NUMBER_FROM, min_group),
        first_asked=given.first_asked,
        cut=given.comments.cut,
        cut_of_one=given.comments.cut_of_one,
        uncut=given.comments.waiting,
        topic=given.comments.topic,
    )


def _change(instrument: Instrument, given: SideInput, of: int) -> SideChange | None:
    """What is said of a change; None where too few have answered, and where the newest round is a word."""
    shown = {one.id for one in given.rounds.now if one.kind is RoundKind.NUMBER}
    found = changed(instrument, given.story, of=of) if shown else None
    if found is None or (found.direction is Direction.NOT_CLEAR and found.visible is None):
        return None
    tested = {one.id for one in found.now}
    if not tested & shown:  # a channel or a wording that is shown no more
        return None
    newest = max(found.before, key=lambda one: (one.last_day, one.id))
    earlier, now = score_of(instrument, found.before), score_of(instrument, found.now)
    is_printed = found.numbers_agree and tested == shown
    return SideChange(
        direction=found.direction,
        since=newest.last_day,
        since_month=len(found.before) == 1 and stands_alone(newest, given.story),
        visible=found.visible,
        numbers=(_bare(earlier), _bare(now)) if is_printed and earlier and now else None,
    )


def _bare(score: Score) -> Score:
    """What stands beside a change: the number alone."""
    return Score(instrument=score.instrument, n=score.n, value=score.value, about=score.about)


def _reworded_on(story: Iterable[Round], older: Iterable[OldRound]) -> date | None:
    """The first day of the wording that is shown, where another was counted before it."""
    rounds: tuple[CountedRound, ...] = (*older, *story)
    standing = [one for one in rounds if not one.withdrawn]
    if not standing:
        return None
    shown = max(standing, key=lambda one: (one.counted_at, one.id)).question.wording
    same = [one.first_day for one in standing if one.question.wording == shown]
    return min(same) if len(same) < len(standing) else None


def history_of(
    instrument: Instrument, rounds: Iterable[Round], *, most: int = MOST_ROUNDS
) -> tuple[HistoryRow, ...]:
    """The newest rounds of the wording that is shown, newest first, at most so many."""
    newest = sorted(comparable(rounds), key=lambda one: (one.last_day, one.counted_at, one.id))
    rows = (_row(instrument, one) for one in reversed(newest[-most:]))
    return tuple(row for row in rows if row)


def _row(instrument: Instrument, one: Round) -> HistoryRow | None:
    """A round by itself, its numbers rounded as people read them."""
    score = score_of(instrument, [one])
    if score is None:
        return None
    low_high = (score.likely.low, score.likely.high) if score.likely else ()
    ends = [float(printed(instrument, end)) for end in low_high]
    return HistoryRow(
        last_day=one.last_day,
        n=one.n,
        value=None if score.value is None else float(printed(instrument, score.value)),
        likely=Interval(*ends) if ends else None,
        between=score.between,
        lean=score.lean,
    )


def _invited(rounds: Sequence[Round]) -> int | None:
    return rounds[0].invited if len(rounds) == 1 else None
