"""What the model does with files of answers, and with comments that are kept for a time only."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from jobs.files.count_file import count_groups
from jobs.files.rated_rows import RatedRow
from jobs.instruments import INSTRUMENTS
from jobs.privacy.import_rule import Group, Grouped, Marked, all_but_few, group_by_month
from jobs.privacy.round_rule import number_from, word_from
from storage.records.count_records import CountedBefore
from storage.records.round_records import FROM_FILE, Question, Round
from tests.simulation import history as h
from tests.simulation.counting import Counting
from tests.simulation.witness import Counted


class Filing(Counting):
    """What comes from files, by the product's own rules, and what is erased by age."""

    points: Mapping[h.Slot, h.Points]

    def import_file(self, event: h.ImportFile) -> list[str]:
        """Count the answers of a file by month, as far as they may be."""
        pulse, state = self.history.pulses[event.pulse], self.state
        question = Question(
            team_id="T1",
            channel_id=pulse.channel,
            product_id=pulse.product,
            subject_key=pulse.subject,
            lens=INSTRUMENTS[pulse.instrument].lens,
            instrument=pulse.instrument,
            wording=f"{FROM_FILE}files",
            named=False,
        )
        rows = [self._row(number, row) for number, row in enumerate(event.rows, start=2)]
        grouped = group_by_month(
            rows,
            self.before(question),
            need=number_from(state.k),
            need_for_a_word=word_from(state.k),
            today=self.today(),
            rows_of=marks_of,
        )
        grouped = self.without_few(grouped, question)
        same = [one for one in state.rounds.values() if one.question.source and not one.withdrawn]
        made = count_groups(INSTRUMENTS[pulse.instrument], question, grouped.groups, same, promise=state.k)
        names = {one.id: f"r{state.made + place}" for place, one in enumerate(made, start=1)}
        for one, group in zip(made, grouped.groups, strict=True):
            self._keep_round(event, one, group, names)
        state.made += len(made)
        ordered = sorted(state.rounds.values(), key=lambda one: one.counted_at)
        state.rounds = {one.id: one for one in ordered}
        return [f"{event.file}: {len(made)} rounds of {[len(each.answers) for each in grouped.groups]}"]

    def before(self, question: Question) -> list[CountedBefore]:
        """The rounds on the same, here or from files, withdrawn ones too."""
        rows = {name: mark for file in self.state.files.values() for name, mark in file.items()}
        products = self.state.products_like(question.product_id)
        return [
            CountedBefore(one, 1 if one.id in rows else None, rows.get(one.id))
            for one in self.state.rounds.values()
            if one.question.instrument == question.instrument and one.question.product_id in products
        ]

    def without_few(self, grouped: Grouped[RatedRow], question: Question) -> Grouped[RatedRow]:
        """What is left without rounds that hold all but a few rows of an earlier file, about any product."""
        refused = set[int]()
        new = [Marked(which(marks_of(group)), marks_of(group)) for group in grouped.groups]
        for rounds in self.state.files.values():
            of = [
                Marked(which(rows), rows, not self.state.rounds[name].withdrawn)
                for name, rows in rounds.items()
                if self.state.rounds[name].question.instrument == question.instrument
            ]
            refused |= all_but_few(new, of)
        left = [group for place, group in enumerate(grouped.groups) if place not in refused]
        return Grouped(left, grouped.waiting, grouped.left_out)

    def undo_import(self, event: h.UndoImport) -> list[str]:
        """Take back every round of a file."""
        for name in self.state.files.get(event.file, {}):
            self.withdraw(name)
        return []

    def expire(self, event: h.Expire) -> list[str]:
        """Erase what was listed so long ago, whole batches at a time; cuts stay, and no later one is made."""
        state, oldest = self.state, self.state.now - timedelta(days=event.days)
        old = {each.id for each in state.batches.values() if each.listed_at and each.listed_at < oldest}
        for text in [text for text, one in state.comments.items() if one.batch in old]:
            del state.comments[text]
        for batch in old:
            if state.batches[batch].block is None:
                state.batches[batch] = replace(state.batches[batch], never_cut=True)
        self.touched = True
        return []

    def _row(self, number: int, row: h.Row) -> RatedRow:
        (point,) = self.points[row.wave, row.person]
        mark = f"{row.wave} {row.person} {point}".encode()
        return RatedRow(number, row.at, point, row.person, "", mark)

    def _keep_round(
        self, event: h.ImportFile, one: Round, group: Group[RatedRow], names: Mapping[str, str]
    ) -> None:
        shared = {names.get(other, other): people for other, people in one.shared.items()}
        kept = self.cache.one(replace(one, id=names[one.id], shared=shared))
        self.state.rounds[kept.id] = kept
        self.state.files[event.file] = self.state.files.get(event.file, {}) | {kept.id: marks_of(group)}
        rows = dict(enumerate(event.rows, start=2))
        given = [rows[each.number] for each in group.answers.values()]
        self.witness.rounds[kept.id] = Counted(
            id=kept.id,
            question=kept.question,
            kind=kept.kind,
            day=kept.counted_on,
            products=self.state.products_like(kept.question.product_id),
            answers=frozenset((row.wave, row.person) for row in given),
            names=frozenset({False}),
            waves=frozenset(row.wave for row in given),
            weeks=self.state.weeks,
            roles={(row.wave, row.person): None for row in given},
        )


def marks_of(group: Group[RatedRow]) -> str:
    """What tells the rows of a round."""
    return "|".join(sorted(row.mark.decode() for row in group.answers.values()))


def which(rows: str) -> frozenset[str]:
    """Which rows these are, without what was chosen there."""
    return frozenset(row.rpartition(" ")[0] for row in rows.split("|"))
