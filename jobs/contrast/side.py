"""One side of a contrast, from the responses of its lens. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jobs.contrast.cuts import Cuts, cut
from jobs.contrast.record import OpenQuestion, Side
from jobs.instruments import INSTRUMENTS
from jobs.privacy import smallest_group
from jobs.scoring import Answer, compare, latest_answers, score_of
from storage.records import Comment, Lens, Period, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class SideInput:
    """What is known of one lens.

    `instrument` is the key of the one that speaks for the side, None while nothing was asked. `responses`
    are those counted in the period; where the question is asked less often, those of its last wave, whose
    close is `asked_on`. `before` are those of `before_period`, which must not overlap with them.
    Responses to other instruments are passed over. `waiting` counts answers of closed waves that no
    figure counts yet.
    """

    instrument: str | None = None
    responses: Sequence[Response] = ()
    before: Sequence[Response] = ()
    before_period: Period | None = None
    channels: tuple[str, ...] = ()
    invited: int | None = None
    asked_on: datetime | None = None
    open_question: OpenQuestion | None = None
    waiting: int = 0


def answers_of(given: SideInput) -> list[Answer]:
    """The answers that count: the latest of each person."""
    return _latest(given.instrument, given.responses)


def comments_of(answers: Iterable[Answer]) -> list[Comment]:
    """The comments that say something, at most one a person."""
    comments = (answer.response.comment for answer in answers)
    return [comment for comment in comments if comment and comment.text.strip()]


def build_side(
    lens: Lens,
    given: SideInput,
    answers: Sequence[Answer],
    *,
    min_group: int,
    cuts: bool,
    last: Side | None,
) -> Side:
    """The side of a lens, as far as its number of answers allows; `answers` are those of `answers_of(given)`.

    Where a question promised a larger group than `min_group`, that holds. Without `cuts`, comments are
    not counted. `last` is the same side when it was last posted.
    """
    k = smallest_group(min_group, [*given.responses, *given.before])
    cut_from = last.cut_from if last else ()
    made = Cuts(cut_from=cut_from)
    if cuts:
        made = cut(lens, comments_of(answers), n=len(answers), min_group=k, last=cut_from)
    score = before = None
    if given.instrument:
        instrument = INSTRUMENTS[given.instrument]
        score = score_of(instrument, answers, min_group=k)
        earlier = _latest(given.instrument, given.before)
        before = score_of(instrument, earlier, min_group=k) if earlier else None
    return Side(
        lens=lens,
        instrument=given.instrument,
        score=score,
        channels=given.channels,
        invited=given.invited,
        asked_on=given.asked_on,
        before=before,
        before_period=given.before_period if before else None,
        change=compare(score, before) if score and before else None,
        wrote=made.wrote,
        tone=made.tone,
        topics=made.topics,
        crossing=made.crossing,
        open_question=given.open_question,
        waiting=given.waiting,
        cut_from=made.cut_from,
    )


def _latest(key: str | None, responses: Iterable[Response]) -> list[Answer]:
    return latest_answers(INSTRUMENTS[key], responses) if key else []
