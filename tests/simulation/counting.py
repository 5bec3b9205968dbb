"""The counting step of the model, and everything that erases: forget, takedown, restore."""

from dataclasses import replace
from datetime import date, timedelta

from jobs.instruments import INSTRUMENTS
from jobs.privacy.batch_rule import is_listed, next_batch
from jobs.privacy.block_rule import WaitingBatch, cut_block, next_block
from jobs.privacy.look import ClosedWave, Look, is_ready, waited_too_long
from jobs.privacy.round_rule import (
    NumberRound,
    Wait,
    WordRound,
    decide,
    needed,
    will_be_counted_on,
)
from jobs.privacy.split_rule import known_roles
from jobs.scoring.counted_round import count_round
from storage.records import Role, UnlistedComment
from storage.records.count_records import EarlierRound
from storage.records.round_records import MARKS_KEPT, Mark, Round
from tests.simulation import history as h
from tests.simulation.cells import cells_of, label_of
from tests.simulation.renderers import Renderer
from tests.simulation.state import Batch, Block, State, Wave, WaveState
from tests.simulation.surfaces import Cache
from tests.simulation.witness import Counted, Witness

Waves = list[Wave]


class Counting:
    """What the bot does by itself, and what it erases."""

    def __init__(self, history: h.History, state: State, cache: Cache, say: Renderer) -> None:
        self.history, self.state, self.cache, self.say = history, state, cache, say
        self.witness = Witness()
        self.touched = True  # whether the comments that are shown may have changed

    def today(self) -> date:
        """The day, UTC."""
        return self.state.now.date()

    def tick(self) -> list[str]:
        """Close waves, count what is due, list and cut comments; say why the rest waits."""
        state = self.state
        for wave in list(state.waves.values()):
            if wave.state is WaveState.OPEN and wave.closes_at <= state.now:
                state.waves[wave.id] = replace(wave, state=WaveState.WAITING)
            elif wave.state is WaveState.WAITING and waited_too_long(wave.closes_at, state.now):
                self.drop(wave)
        ready = self.ready()
        due = [key for key, waves in ready.items() if self.is_due(key, waves)]
        if not due:
            return []
        self.expire_comments()
        self.expire_marks()
        due.sort(key=lambda key: min((one.closes_at, one.number) for one in ready[key]))
        lines = [line for key in due if (line := self.look_at(key, ready[key]))]
        self.erase_what_waits()
        self.make_blocks()
        return lines

    def is_due(self, key: str, waves: Waves) -> bool:
        """Whether a question is looked at: a wave is new, or the day of its next look has come."""
        again = self.state.again_on.get(key)
        return not all(wave.looked for wave in waves) or bool(again and again <= self.today())

    def ready(self) -> dict[str, Waves]:
        """The waves whose answers are all in and not counted yet, by question."""
        found: dict[str, Waves] = {}
        for wave in self.state.waves.values():
            if wave.state is WaveState.WAITING and is_ready(wave.closes_at, self.state.now):
                found.setdefault(wave.key, []).append(wave)
        return found

    def look_of(self, key: str, waves: Waves) -> Look:
        """All that decides about a question; not what anybody chose."""
        state, question = self.state, self.state.questions[key]
        respondents = {wave.id: frozenset(state.answers[wave.id]) for wave in waves}
        people = frozenset[str]().union(*respondents.values())
        recent = self.today() - timedelta(weeks=state.weeks)
        return Look(
            question=question,
            waves=tuple(
                ClosedWave(
                    id=wave.id,
                    number=wave.number,
                    opened_at=wave.opened_at,
                    closes_at=wave.closes_at,
                    promise=wave.promise,
                    scheduled=wave.scheduled or key in state.over,
                    members=wave.members,
                    respondents=respondents[wave.id],
                )
                for wave in waves
            ),
            today=self.today(),
            last_round_on=state.last_round_on.get(key),
            product_keys=state.products_like(question.product_id),
            marks=tuple(
                mark for person in people for mark in state.marks.get(person, ()) if mark.day > recent
            ),
            restored_on=state.restored_on,
            k=state.k,
            weeks=state.weeks,
        )

    def decide(self, look: Look) -> NumberRound | WordRound | Wait:
        """Whether a question is counted."""
        return decide(look)

    def look_at(self, key: str, waves: Waves) -> str | None:
        """Count a question, or let it wait for its next look and say why; list its comments."""
        look = self.look_of(key, waves)
        found = self.decide(look)
        for wave in waves:
            if not wave.looked:
                self.state.waves[wave.id] = replace(wave, looked=True)
        self.state.again_on.pop(key, None)
        line = None
        if isinstance(found, Wait):
            day = None
            if found.until:
                self.state.again_on[key] = found.until
                day = will_be_counted_on(replace(look, today=found.until))
            line = self.say.waits(look.question, found, day)
        else:
            self.count(key, look, found)
        self.make_batch(key)
        return line

    def count(self, key: str, look: Look, found: NumberRound | WordRound) -> None:
        """Write a round down, with who took part, and delete every rating of its waves."""
        state, question = self.state, look.question
        state.made += 1
        round_id = f"r{state.made}"
        one = self.cache.one(self.counted(round_id, look, found))
        state.rounds[round_id] = one
        state.last_round_on[key] = self.today()
        for person in found.members:
            mark = Mark(
                round_id=round_id,
                respondent=person,
                instrument=question.instrument,
                product_key=question.product_id,
                subject_key=question.subject_key,
                day=self.today(),
                kind=one.kind,
                named=question.named,
            )
            state.marks[person] = (*state.marks.get(person, ()), mark)
        roles = self.roles_of(look)
        self.witness.rounds[round_id] = Counted(
            id=round_id,
            question=question,
            kind=one.kind,
            day=self.today(),
            products=look.product_keys,
            answers=frozenset((wave, person) for person, wave in found.members.items()),
            names=frozenset(self.history.pulses[state.waves[wave.id].pulse].named for wave in found.waves),
            waves=frozenset(wave.id for wave in found.waves),
            weeks=state.weeks,
            roles={(wave, person): roles.get(person) for person, wave in found.members.items()},
        )
        for wave in found.waves:
            counted = state.waves[wave.id]
            state.waves[wave.id] = replace(counted, state=WaveState.COUNTED, round_id=round_id)
            if not question.named:
                del state.answers[wave.id]

    def counted(self, round_id: str, look: Look, found: NumberRound | WordRound) -> Round:
        """The totals of a round."""
        state, common = self.state, dict[str, set[str]]()
        for person in found.members:
            for mark in state.marks.get(person, ()):
                common.setdefault(mark.round_id, set()).add(person)
        answers = {
            person: dict(enumerate(state.answers[wave][person], start=1))
            for person, wave in found.members.items()
        }
        return count_round(
            INSTRUMENTS[look.question.instrument],
            found,
            answers,
            id=round_id,
            question=look.question,
            counted_at=state.now,
            earlier=[
                EarlierRound(state.rounds[other], frozenset(people), self.forgotten(state.rounds[other]))
                for other, people in common.items()
                if other in state.rounds
            ],
            roles=self.roles_of(look),
            need=needed(look),
        )

    def forgotten(self, one: Round) -> int:
        """Of how many people of a round it is not known any more that they were in it."""
        marks = (mark for each in self.state.marks.values() for mark in each)
        return one.n - sum(mark.round_id == one.id for mark in marks)

    def roles_of(self, look: Look) -> dict[str, Role]:
        """How those who answered know the product, as far as they have told it by now and it may be used."""
        of = look.question
        told = {
            person: role
            for (product, person), role in self.state.roles.items()
            if role and product == of.product_id and person in look.respondents and not of.named
        }
        return dict(known_roles(told, restored_on=look.restored_on, today=look.today))

    def make_batch(self, key: str) -> None:
        """List the comments on a question once enough people have written."""
        state = self.state
        unlisted = {
            text: one
            for text, one in state.comments.items()
            if one.batch is None
            and state.waves[one.wave].key == key
            and state.waves[one.wave].state is not WaveState.OPEN
            and is_ready(state.waves[one.wave].closes_at, state.now)
        }
        found = next_batch(
            [
                UnlistedComment(id=text, writer=one.person, promise=state.waves[one.wave].promise)
                for text, one in unlisted.items()
            ],
            k=state.k,
        )
        if not found:
            return
        state.made += 1
        batch = f"b{state.made}"
        waves = frozenset(unlisted[text].wave for text in found.comments)
        state.batches[batch] = Batch(batch, key, found.need, waves, listed_at=state.now)
        state.comments |= {text: replace(unlisted[text], batch=batch) for text in found.comments}
        self.witness.batches[batch] = found.comments
        self.touched = True

    def make_blocks(self) -> None:
        """Cut what has become a full block, once all its comments are labelled."""
        state = self.state
        pending: dict[str, list[Batch]] = {}
        for batch in state.batches.values():
            if not (batch.block or batch.withdrawn or batch.never_cut):
                pending.setdefault(batch.key, []).append(batch)
        texts: dict[str, list[str]] = {batch: [] for batch in state.batches}
        for text, one in state.comments.items():
            if one.batch:
                texts[one.batch].append(text)
        for key, batches in pending.items():
            listed = [batch for batch in batches if is_listed(len(texts[batch.id]), batch.need)]
            block = next_block([WaitingBatch(batch.id, len(texts[batch.id])) for batch in listed])
            inside = [state.comments[text] for batch in block for text in texts[batch]]
            if block and all(one.labelled for one in inside):
                self.cut(key, block, [text for batch in block for text in texts[batch]])

    def cut(self, key: str, batches: tuple[str, ...], texts: list[str]) -> None:
        """Cut a block, once and for all."""
        state = self.state
        state.made += 1
        block, inside = f"k{state.made}", [state.comments[text] for text in texts]
        found = cut_block(
            state.questions[key].lens,
            [label_of(one) for one in inside],
            k=max(state.batches[batch].need for batch in batches),
        )
        state.blocks[block] = Block(block, key, found)
        state.batches |= {batch: replace(state.batches[batch], block=block) for batch in batches}
        self.witness.blocks[block] = frozenset(texts)
        self.witness.add_cells(block, cells_of(found, inside))
        self.touched = True

    def drop(self, wave: Wave) -> None:
        """Erase a wave that was not counted, with its comments that are not listed."""
        state = self.state
        state.waves[wave.id] = replace(wave, state=WaveState.GONE)
        state.answers.pop(wave.id, None)
        for text in [t for t, one in state.comments.items() if one.wave == wave.id and one.batch is None]:
            del state.comments[text]

    def erase_what_waits(self) -> None:
        """Erase what waits in questions that have ended, and comments on them that are not listed."""
        state = self.state
        for wave in [one for one in state.waves.values() if one.key in state.over and one.looked]:
            if wave.state is WaveState.WAITING:
                self.drop(wave)
            for text in [t for t, one in state.comments.items() if one.wave == wave.id and not one.batch]:
                del state.comments[text]

    def expire_comments(self) -> None:
        """Erase comments that nobody could be shown for 26 weeks."""
        state = self.state
        for text, one in list(state.comments.items()):
            if one.batch is None and waited_too_long(state.waves[one.wave].closes_at, state.now):
                del state.comments[text]

    def expire_marks(self) -> None:
        """Delete who took part in rounds of more than 400 days ago."""
        oldest = self.today() - MARKS_KEPT
        for person, marks in list(self.state.marks.items()):
            if any(mark.day < oldest for mark in marks):
                self.state.marks[person] = tuple(mark for mark in marks if mark.day >= oldest)

    def forget(self, person: str) -> list[str]:
        """Erase what is tied to somebody; counted totals stay."""
        state, answers = self.state, 0
        for wave, given in list(state.answers.items()):
            if person in given:
                answers += state.waves[wave].state is not WaveState.COUNTED
                state.answers[wave] = {who: points for who, points in given.items() if who != person}
        texts = [text for text, one in state.comments.items() if one.person == person]
        for text in texts:
            del state.comments[text]
        state.marks.pop(person, None)
        state.roles = {key: role for key, role in state.roles.items() if key[1] != person}
        state.forgotten |= {person}
        self.witness.forgot.append((person, self.today()))
        self.touched = True
        return [self.say.forgotten(len(texts), answers)]

    def take_down(self, wave_id: str) -> list[str]:
        """Erase a wave, and withdraw every round, batch and block that it is in."""
        state, wave = self.state, self.state.waves.get(wave_id)
        state.taken_down |= {wave_id}
        if wave is None or wave.state is WaveState.GONE:
            return []
        state.waves[wave_id] = replace(wave, state=WaveState.GONE)
        state.answers.pop(wave_id, None)
        for text in [text for text, one in state.comments.items() if one.wave == wave_id]:
            del state.comments[text]
        if wave.round_id:
            self.withdraw(wave.round_id)
        hit = {batch.id: batch for batch in state.batches.values() if wave_id in batch.waves}
        blocks = {batch.block for batch in hit.values() if batch.block}
        for batch in list(state.batches.values()):
            if batch.id in hit or batch.block in blocks:
                state.batches[batch.id] = replace(batch, withdrawn=True)
        state.blocks |= {block: replace(state.blocks[block], withdrawn=True) for block in blocks}
        self.touched = True
        return []

    def withdraw(self, round_id: str) -> None:
        """Take a round out of every figure."""
        self.state.rounds[round_id] = self.cache.one(
            replace(self.state.rounds[round_id], withdrawn=True, by_role={})
        )
        self.witness.withdrawn.setdefault(round_id, self.today())

    def make_copy(self, _: h.Copy) -> list[str]:
        """Copy the database."""
        self.state.forgotten = self.state.taken_down = frozenset()
        self.state.copied = None
        self.state.copied = self.state.copy()
        return []

    def restore(self, _: h.Restore) -> list[str]:
        """Put the copy in the place of the database: nothing that was open, waiting or unlisted counts."""
        old = self.state
        if old.copied is None:
            return []
        self.state = new = old.copied.copy()
        new.now, new.channels, new.made, new.copied = old.now, old.channels, old.made, old.copied
        new.k, new.weeks, new.wordings = old.k, old.weeks, old.wordings  # of the program, not of the file
        self.touched = True
        self.empty_after_restore()
        for person in sorted(old.forgotten):
            self.forget(person)
        for wave in sorted(old.taken_down):
            self.take_down(wave)
        return [f"restored on {self.today()}"]

    def empty_after_restore(self) -> None:
        """Erase what the copy holds beside rounds and listed comments."""
        state = self.state
        for wave in list(state.waves.values()):
            if wave.state in (WaveState.OPEN, WaveState.WAITING):
                self.drop(wave)
        for text in [text for text, one in state.comments.items() if one.batch is None]:
            del state.comments[text]
        for batch in list(state.batches.values()):
            if batch.block is None:
                state.batches[batch.id] = replace(batch, never_cut=True)
        state.restored_on = self.today()
        state.again_on.clear()
