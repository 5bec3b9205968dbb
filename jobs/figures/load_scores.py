"""Loads the scores of a product: one instrument, or all that were asked."""

from dataclasses import dataclass

from jobs.contrast import Side
from jobs.contrast.side import answers_of, build_side
from jobs.figures.gather_answers import AskedWaves, Question, load_asked_waves, side_input
from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, subjects
from jobs.slack.directory import Directory
from storage.records import Lens, Period, Product
from storage.store import Store

MOST_SCORES = 6  # that one answer shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores by product, each a side without its comments; `notes` are sentences about what is not read."""

    sides: list[tuple[Product, Side]]
    notes: tuple[str, ...]


async def load_scores(
    store: Store,
    directory: Directory,
    requester: Requester,
    *,
    product: str | None,
    instrument: str | None,
    period: Period,
    min_group: int,
) -> Scores:
    """Up to six scores of the named product, else of each product that is spoken of in this channel.

    Raises Refused where no such question was asked.
    """
    found: list[tuple[Product, Side]] = []
    about = await subjects(store, directory, requester, product)
    for subject in about.found:
        asked = await load_asked_waves(
            store, team_id=requester.team_id, product=subject[0], channels=subject[1]
        )
        for question in _questions(asked, requester.team_id, subject, instrument):
            given = await side_input(store, question, asked, period=period, now=requester.now)
            answers = answers_of(given)
            side = build_side(question.lens, given, answers, min_group=min_group, cuts=False, last=None)
            found.append((question.product, side))
    if not found:
        name = about.found[0][0].name
        nothing = why_not.nothing_asked(name, instrument)
        raise Refused(why_not.nothing_read(name, about.notes) if about.notes else nothing)
    return Scores(sides=found[:MOST_SCORES], notes=about.notes)


def _questions(asked: AskedWaves, team_id: str, subject: Subject, instrument: str | None) -> list[Question]:
    product, channels = subject
    return [
        Question(team_id=team_id, product=product, channels=channels, instrument=key, lens=lens)
        for lens in Lens
        for key in asked.instruments(lens)
        if instrument in {None, key}
    ]
