"""What people see, behind one interface: the model says what is shown, a renderer puts it into words.

The plain renderer says all figures that the product prints, and rounds them as it does.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS, printed
from jobs.privacy.repeat_rule import CountedBefore
from jobs.privacy.round_rule import Wait
from jobs.scoring.score import RoundSum
from storage.records import BlockCut
from storage.records.round_records import Question, Round
from tests.simulation.history import Points
from tests.simulation.state import Written
from tests.simulation.stories import Story


class Renderer(Protocol):
    """Every kind of thing that anybody sees, except `/pulse me`."""

    def round(self, one: Round, found: RoundSum | None) -> str:
        """A round alone; nothing in it may ever change, but that it is withdrawn."""

    def total(self, title: str, found: RoundSum, rounds: Sequence[Round]) -> str:
        """Rounds added up."""

    def story(self, story: Story) -> str:
        """Everything that is made of all rounds of a product's sides."""

    def answered(self, wave: str, people: int) -> str:
        """How many have answered an open wave."""

    def counted_before(self, person: str, found: CountedBefore) -> str:
        """What somebody is told who was counted lately."""

    def asked_lately(self, wave: str, people: int | None) -> str:
        """What a lead is told before asking."""

    def refused(self, wave: str, until: date) -> str:
        """That a question cannot be asked yet."""

    def waits(self, question: Question, wait: Wait, counted_on: date | None) -> str:
        """Why a question is not counted."""

    def forgotten(self, comments: int, answers: int) -> str:
        """What was erased of somebody."""

    def comments(self, question: Question, comments: Sequence[Written]) -> str:
        """The list of comments."""

    def quotable(self, question: Question, comments: Sequence[Written]) -> str:
        """The comments of which one is quoted."""

    def cut(self, title: str, cut: BlockCut) -> str:
        """The cuts of a block, or of several."""

    def answer(self, person: str, points: Points) -> str:
        """An answer with its name."""


class PlainRenderer:
    """One line of plain words and numbers for each thing."""

    def round(self, one: Round, found: RoundSum | None) -> str:
        """A round alone."""
        days = f"{one.counted_on} ({one.first_day} to {one.last_day}, {one.askings} askings)"
        said = self._said(found) if found else f"leaning {one.lean}"
        return f"{one.id} counted {days}: {said}, {one.n} of {one.invited}"

    def total(self, title: str, found: RoundSum, rounds: Sequence[Round]) -> str:  # noqa: ARG002
        """Rounds added up."""
        return f"{title}: {self._said(found)}, {found.n} answers, {found.rounds} rounds"

    def story(self, story: Story) -> str:
        """The level, the change and all rounds of each side."""
        return f"{story.title}: {'; '.join(map(self._of_side, story.longest))}"

    def answered(self, wave: str, people: int) -> str:
        """How many have answered an open wave."""
        return f"{wave}: {people} answered"

    def counted_before(self, person: str, found: CountedBefore) -> str:
        """What somebody is told who was counted lately."""
        what = "a word" if found.word_only else "this question"
        return f"{person}: counted on {found.day}, counts only if {what} is counted from {found.counts_from}"

    def asked_lately(self, wave: str, people: int | None) -> str:
        """What a lead is told before asking."""
        return f"{wave}: {'some' if people is None else people} asked the same lately"

    def refused(self, wave: str, until: date) -> str:
        """That a question cannot be asked yet."""
        return f"{wave}: not before {until}"

    def waits(self, question: Question, wait: Wait, counted_on: date | None) -> str:
        """Why a question is not counted."""
        of = f"{question.channel_id} {question.instrument} {question.subject_key}"
        return f"{of}: {wait.people} of {wait.need} wait ({wait.why}, {wait.until}), counted on {counted_on}"

    def forgotten(self, comments: int, answers: int) -> str:
        """What was erased of somebody."""
        return f"{comments} comments erased, {answers} open answers deleted"

    def comments(self, question: Question, comments: Sequence[Written]) -> str:
        """The list of comments."""
        lines = (
            f"{one.comment.text} {one.tone} {one.topic}{' wish' if one.wish else ''}" for one in comments
        )
        return f"{question.channel_id} {question.instrument} comments: " + "; ".join(lines)

    def quotable(self, question: Question, comments: Sequence[Written]) -> str:
        """The comments of which one is quoted."""
        of = f"{question.channel_id} {question.instrument}"
        return f"{of} quotes one of: " + "; ".join(one.comment.text for one in comments)

    def cut(self, title: str, cut: BlockCut) -> str:
        """The cuts of a block, or of several."""
        cells = [f"{cell} {count}" for cells in (cut.tones, cut.topics) for cell, count in cells.items()]
        return f"{title}: of {cut.comments}: {', '.join(cells)}; wishes {cut.wishes}; across {cut.across}"

    def answer(self, person: str, points: Points) -> str:
        """An answer with its name."""
        return f"{person} chose {points}"

    def _of_side(self, side: Side) -> str:
        instrument, parts = INSTRUMENTS[side.instrument or ""], []
        if side.level:
            level = side.level
            ends = (printed(instrument, end) for end in (level.mean, level.likely.low, level.likely.high))
            bands = " to ".join(level.bands)
            parts.append(f"{bands} at {', '.join(map(str, ends))} since {level.since} of {level.answers}")
        if side.change:
            parts.append(f"{side.change.direction} since {side.change.since}, visible {side.change.visible}")
        parts += [
            f"{row.last_day}: {row.between or row.lean or (row.value, row.likely)} of {row.n}"
            for row in side.history
        ]
        return f"{instrument.key} {', '.join(parts)}"

    def _said(self, found: RoundSum) -> str:
        instrument = INSTRUMENTS[found.instrument]
        if found.between:
            return f"at least {found.n - 2} of {found.n} at {found.clipped}: {found.between}"
        if found.score is None or found.likely is None:
            raise ValueError("only a clipped round has no score")
        score, low, high = (
            printed(instrument, value) for value in (found.score, found.likely.low, found.likely.high)
        )
        parts = f"{'about ' if found.about else ''}{score}, likely {low} to {high}"
        if found.classes:
            counts = found.classes
            parts += f", {counts.favourable}/{counts.middle}/{counts.unfavourable}"
        if found.items:
            parts += f", items {', '.join(str(round(item)) for item in found.items)}"
        for part in found.parts:
            ends = (printed(instrument, end) for end in (part.value, part.likely.low, part.likely.high))
            parts += f", {part.role} {' '.join(map(str, ends))} of {part.n}"
        return parts if found.straight_lined is None else f"{parts}, straight {found.straight_lined}"
