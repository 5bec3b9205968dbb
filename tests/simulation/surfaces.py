"""Everything that anybody but the one who answered is shown, as it stands at a moment.

An attacker asks for all of it after every event. Where nothing has changed the same lines come back from a
cache, so that a whole transcript is compared fast; its keys are the values that the lines are made of.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

from jobs.files.round_lines import COLUMNS, KnownRound, as_csv, lines_of
from jobs.instruments import INSTRUMENTS
from jobs.privacy.batch_rule import is_listed, may_be_quoted
from jobs.privacy.block_rule import add_cuts
from jobs.scoring.score import add_up
from storage.records import Role
from storage.records.round_records import Round, RoundKind
from tests.simulation.cells import shown_cells
from tests.simulation.history import Points, Slot
from tests.simulation.renderers import Renderer
from tests.simulation.state import State, WaveState, Written
from tests.simulation.stories import added, groups, told, told_whole, wholes

ELSEWHERE = "from elsewhere,"
"""How a line begins that shows a figure from elsewhere."""
PERIODS = (7, 14, 30, 42, 90, 1000)
Row = frozenset[str]
"""The rounds that one printed number adds up."""


class Split(NamedTuple):
    """A number with others below it, by role: the rounds that it adds up, and the rounds that they add up."""

    of: Row
    rounds: Row
    roles: frozenset[Role | None]


class Figures(NamedTuple):
    """Lines with figures, and of what their numbers are made: of whole rounds, or (a fault) of answers."""

    lines: tuple[str, ...] = ()
    rows: frozenset[Row] = frozenset()
    answers: frozenset[frozenset[Slot]] = frozenset()
    round_lines: tuple[tuple[str, str], ...] = ()
    splits: frozenset[Split] = frozenset()


class Listed(NamedTuple):
    """Lines with comments; which block's cells are shown, and each line about a block by its id."""

    lines: tuple[str, ...] = ()
    cells: frozenset[tuple[tuple[str, ...], str]] = frozenset()
    block_lines: tuple[tuple[str, str], ...] = ()


class Cache:
    """Values that are equal become one object, and what is made of them is made once."""

    def __init__(self) -> None:
        self.rounds: dict[tuple[object, ...], Round] = {}
        self.figures: dict[tuple[object, ...], Figures] = {}
        self.totals: dict[tuple[object, ...], str] = {}
        self.stories: dict[tuple[object, ...], str] = {}
        self.splits: dict[tuple[object, ...], Split | None] = {}
        self.exports: dict[tuple[object, ...], tuple[str, ...]] = {}
        self.answers: dict[tuple[tuple[Slot, Points], ...], dict[Slot, Points]] = {}

    def one(self, made: Round) -> Round:
        """The one object for this round."""
        shared = tuple(made.shared.items())
        key = (
            (made.id, made.counted_at, made.n, made.clipped, made.lean, made.withdrawn, shared),
            (tuple(made.histogram.items()), made.classes, made.straight_lined),
            tuple(tuple(item.items()) for item in made.items),
            tuple((role, tuple(counts.items())) for role, counts in made.by_role.items()),
        )
        return self.rounds.setdefault(key, made)

    def same(self, answers: dict[Slot, Points]) -> dict[Slot, Points]:
        """The one object for these answers, which planted faults keep."""
        return self.answers.setdefault(tuple(answers.items()), answers)


class Surfaces:
    """What is shown, in the words of a renderer."""

    def __init__(self, renderer: Renderer, cache: Cache) -> None:
        self.say = renderer
        self.cache = cache

    def figures(self, state: State) -> Figures:
        """Every round, and every sum of rounds that anybody can ask for."""
        names, behind = tuple(state.names.values()), self.behind(state, state.rounds.values())
        grouped = tuple(state.groups.items())
        key = (*map(id, state.rounds.values()), state.now.date(), tuple(state.merged), names, behind, grouped)
        found = self.cache.figures.get(key)
        if found is None:
            found = self.cache.figures[key] = self._figures(state)
        elsewhere = (f"{ELSEWHERE} {product}: {value}" for product, value in state.outcomes.items())
        return found._replace(lines=(*found.lines, *elsewhere)) if state.outcomes else found

    def behind(self, state: State, rounds: Iterable[Round]) -> Hashable:  # noqa: ARG002
        """What lines about rounds are made of beside the rounds; nothing, if no fault is planted."""
        return ()

    def sums(self, state: State) -> Iterator[tuple[str, list[Round]]]:
        """Every sum that can be asked for: a period, of one channel or all, of a product and instrument."""
        whole = [one for one in state.rounds.values() if self.is_added(one) and not one.withdrawn]
        groups: dict[tuple[object, ...], list[Round]] = {}
        for one in whole:
            products = state.products_like(one.question.product_id)
            of = (min(products), one.question.instrument, one.question.named, one.question.source)
            for place in state.places_of(one.question.channel_id):
                groups.setdefault((*of, place), []).append(one)
        for (product, instrument, named, _, channel), rounds in groups.items():
            name = state.names.get(str(product), product)
            for days in PERIODS:
                chosen = [one for one in rounds if one.counted_on > state.now.date() - timedelta(days)]
                if chosen:
                    yield f"{name} {instrument} {named} {channel} {days}d", chosen

    def is_added(self, one: Round) -> bool:
        """Whether a round is in sums."""
        return one.kind is RoundKind.NUMBER

    def line_of(self, one: Round) -> str:
        """A round alone."""
        return self.say.round(one, add_up(INSTRUMENTS[one.question.instrument], [one]))

    def split_of(self, rounds: Sequence[Round]) -> Split | None:
        """The roles that stand below the score of these rounds, if any."""
        found = add_up(INSTRUMENTS[rounds[0].question.instrument], rounds)
        row = frozenset(one.id for one in rounds)
        roles = frozenset(part.role for part in found.parts) if found else frozenset()
        return Split(row, row, roles) if roles else None

    def line_of_story(self, title: str, rounds: Sequence[Round]) -> str:
        """Everything that is made of all rounds of a product's sides."""
        return self.say.story(told(title, rounds))

    def line_of_whole(self, title: str, own: str, parts: Mapping[str, Sequence[Round]]) -> str:
        """Everything that is made of the customers of an organisation and the users of its products."""
        return self.say.story(told_whole(title, parts, own))

    def rows_of_story(self, rounds: Sequence[Round]) -> Iterable[Row]:
        """The rounds that each number of a story adds up."""
        return added(rounds)

    def line_of_sum(self, title: str, rounds: Sequence[Round]) -> str:
        """Rounds added up."""
        found = add_up(INSTRUMENTS[rounds[0].question.instrument], rounds)
        if found is None:
            raise ValueError("a sum has rounds")
        return self.say.total(title, found, rounds)

    def named_answers(self, state: State) -> tuple[str, ...]:
        """What leads see of a question with names."""
        return tuple(
            self.say.answer(person, points)
            for wave, answers in state.answers.items()
            if state.questions[state.waves[wave].key].named and state.waves[wave].state is not WaveState.OPEN
            for person, points in answers.items()
        )

    def listed(self, state: State) -> Listed:
        """Every list of comments, every cut, and what is quoted."""
        by_batch: dict[str, list[Written]] = {}
        for one in state.comments.values():
            if one.batch:
                by_batch.setdefault(one.batch, []).append(one)
        lines, cells = list[str](), set[tuple[tuple[str, ...], str]]()
        blocks: dict[str, list[str]] = {}
        block_lines = []
        for key, question in state.questions.items():
            batches = [
                sorted(by_batch.get(batch.id, ()), key=lambda one: one.comment.text)
                for batch in state.batches.values()
                if batch.key == key and not batch.withdrawn
                if is_listed(len(by_batch.get(batch.id, ())), batch.need)
            ]
            visible = [[one for one in batch if not one.hidden] for batch in batches]
            if batches:
                lines.append(
                    self.list_line(state, key, sorted(chain(*visible), key=lambda c: c.comment.text))
                )
                ticked = [[one for one in batch if one.comment.ticked] for batch in reversed(visible)]
                lines.append(self.say.quotable(question, may_be_quoted(ticked)))
            for block in state.blocks.values():
                if block.key == key and not block.withdrawn:
                    block_lines.append((block.id, self.say.cut(block.id, block.cut)))
                    blocks.setdefault(f"{question.lens}", []).append(block.id)
        for side, ids in blocks.items():
            cut = add_cuts([state.blocks[block].cut for block in ids])
            if cut and len(ids) > 1:
                lines.append(self.say.cut(side, cut))
                cells |= {(tuple(ids), cell) for cell in shown_cells(cut)}
            for name in ids:
                cells |= {((name,), cell) for cell in shown_cells(state.blocks[name].cut)}
        lines += [line for _, line in block_lines]
        return Listed(tuple(lines), frozenset(cells), tuple(block_lines))

    def list_line(self, state: State, key: str, comments: Sequence[Written]) -> str:
        """The list of the comments on one question."""
        return self.say.comments(state.questions[key], comments)

    def _figures(self, state: State) -> Figures:
        lines, rows, round_lines = list[str](), set[Row](), []
        splits = {self._split(state, [one]) for one in state.rounds.values() if not one.withdrawn}
        for one in state.rounds.values():
            if one.withdrawn:
                lines.append(f"{one.id} of {one.counted_on} was withdrawn")
                continue
            round_lines.append((one.id, self.line_of(one)))
            if one.kind is RoundKind.NUMBER:
                rows.add(frozenset({one.id}))
        for title, rounds in self.sums(state):
            rows.add(frozenset(one.id for one in rounds))
            splits.add(self._split(state, rounds))
            key = (title, *map(id, rounds), self.behind(state, rounds))
            line = self.cache.totals.get(key)
            if line is None:
                line = self.cache.totals[key] = self.line_of_sum(title, rounds)
            lines.append(line)
        for title, rounds in groups(state):
            rows.update(self.rows_of_story(rounds))
            key = (title, *map(id, rounds), self.behind(state, rounds))
            line = self.cache.stories.get(key)
            if line is None:
                line = self.cache.stories[key] = self.line_of_story(title, rounds)
            lines.append(line)
        for title, own, parts in wholes(state):
            every = [one for of in parts.values() for one in of]
            rows.update(row for of in parts.values() for row in self.rows_of_story(of))
            key = (title, *map(id, every), self.behind(state, every))
            line = self.cache.stories.get(key)
            if line is None:
                line = self.cache.stories[key] = self.line_of_whole(title, own, parts)
            lines.append(line)
        lines += [line for _, line in round_lines]
        lines += self.export(state)
        shown = frozenset(split for split in splits if split)
        return Figures(tuple(lines), frozenset(rows), frozenset(), tuple(round_lines), shown)

    def export(self, state: State) -> tuple[str, ...]:
        """The files that anybody may ask for: of all rounds, and of those of each channel."""
        standing = [one for one in state.rounds.values() if not one.withdrawn]
        names = state.names
        key = (*map(id, standing), *names.items())
        found = self.cache.exports.get(key)
        if found is None:
            known = [
                KnownRound(names.get(one.question.product_id, ""), one.question.subject_key, one)
                for one in standing
            ]
            channels = sorted({one.question.channel_id for one in standing})
            parts = [[each for each in known if each.round.question.channel_id == of] for of in channels]
            found = tuple(as_csv(lines_of(part), COLUMNS) for part in (known, *parts) if part)
            self.cache.exports[key] = found
        return found

    def _split(self, state: State, rounds: Sequence[Round]) -> Split | None:
        key = (*map(id, rounds), self.behind(state, rounds))
        if key not in self.cache.splits:
            self.cache.splits[key] = self.split_of(rounds)
        return self.cache.splits[key]
