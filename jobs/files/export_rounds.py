"""Gathers what an export holds: rounds that a channel may read, figures from elsewhere, comments for leads.

Nothing is in it that a query would not show, and it says no more of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from jobs.comments.readable_comments import written_about
from jobs.files.round_lines import (
    COLUMNS,
    COMMENT_COLUMNS,
    KnownRound,
    Line,
    ListedComment,
    as_csv,
    as_json,
    comment_lines,
    lines_of,
)
from jobs.instruments import INSTRUMENTS
from jobs.outcomes.csv_format import OUTCOME_COLUMNS, outcome_lines
from jobs.permissions.requester import Requester
from jobs.permissions.scope import subjects
from jobs.privacy.batch_rule import is_listed
from jobs.slack.directory import Directory
from storage.records import Batch, Product
from storage.store import Store

MOST_OUTCOMES = 20_000  # about a product: as many as a file that is read may have


@dataclass(frozen=True, slots=True)
class Export:
    """The lines of rounds, comments and figures from elsewhere; `notes` say what is not read."""

    rounds: list[Line]
    comments: list[Line]
    outcomes: list[Line]
    notes: tuple[str, ...] = ()

    def files(self, *, as_lines: bool) -> dict[str, str]:
        """The content of each file, by its name; none for what is empty."""
        end = "jsonl" if as_lines else "csv"
        found: dict[str, tuple[list[Line], Mapping[str, str]]] = {
            "rounds": (self.rounds, COLUMNS),
            "comments": (self.comments, COMMENT_COLUMNS),
            "outcomes": (self.outcomes, OUTCOME_COLUMNS),
        }
        return {
            f"{name}.{end}": as_json(lines) if as_lines else as_csv(lines, columns)
            for name, (lines, columns) in found.items()
            if lines
        }


async def export_here(
    store: Store, directory: Directory, requester: Requester, *, product: str | None, min_group: int
) -> Export:
    """What a person may read in this channel, of one product or of all. Raises Refused where that is none."""
    about = await subjects(store, directory, requester, product)
    rounds: list[KnownRound] = []
    comments: list[ListedComment] = []
    outcomes: list[Line] = []
    for subject in about.found:
        of, channels = subject
        rounds += await _rounds(store, of, channels)
        written = await written_about(store, directory, requester, subject, lens=None, min_group=min_group)
        comments += _comments(of, written.listed)
        outcomes += await _outcomes(store, of)
    return Export(lines_of(rounds), comment_lines(comments), outcomes, about.said)


async def export_all(store: Store) -> Export:
    """All rounds of every product, all comments that are listed, and all figures from elsewhere."""
    rounds: list[KnownRound] = []
    comments: list[ListedComment] = []
    outcomes: list[Line] = []
    for of in await store.products.of_all_teams():
        channels = await store.products.channels(of.team_id, product_id=of.id)
        rounds += await _rounds(store, of, channels)
        batches = await store.listed_comments.batches(of.team_id, channels, product_id=of.id)
        comments += _comments(of, [each for each in batches if is_listed(len(each.comments), each.need)])
        outcomes += await _outcomes(store, of)
    return Export(lines_of(rounds), comment_lines(comments), outcomes)


async def _outcomes(store: Store, of: Product) -> list[Line]:
    found = await store.outcomes.about(of.team_id, of.id, most=MOST_OUTCOMES)
    return outcome_lines(of.name, [each.figure for each in found])


async def _rounds(store: Store, of: Product, channels: Collection[str]) -> list[KnownRound]:
    asked = await store.questions.asked(of.team_id, channels, product_id=of.id)
    subjects_of = {
        each.question: await store.questions.subject(of.team_id, each.id) or ""
        for each in asked
        if each.question.subject_key
    }
    found = await store.rounds.about(of.team_id, channels, product_id=of.id)
    return [
        KnownRound(of.name, subjects_of.get(one.question, ""), one)
        for one in found
        if one.question.instrument in INSTRUMENTS
    ]


def _comments(of: Product, batches: Iterable[Batch]) -> list[ListedComment]:
    return [
        ListedComment(of.name, batch.lens, batch.source, each)
        for batch in batches
        for each in batch.comments
        if not each.hidden
    ]
