"""Faults that are planted to see the attacks find them: each is one that the product had, or nearly had."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from functools import partial

from jobs.contrast import Side
from jobs.contrast.side import SideInput, history_of
from jobs.files.rated_rows import RatedRow
from jobs.instruments import INSTRUMENTS, AnswerClass
from jobs.privacy.block_rule import CommentLabel, cut_block
from jobs.privacy.import_rule import Grouped
from jobs.privacy.look import Look
from jobs.privacy.repeat_rule import counted_lately
from jobs.privacy.round_rule import NumberRound, Wait, WhyWait, WordRound
from jobs.privacy.split_rule import split_by_role
from jobs.scoring import response_score
from jobs.scoring.counted_round import _totals, lean_of
from jobs.scoring.level import level_of
from storage.records import Lens, Role, Sentiment
from storage.records.count_records import CountedBefore
from storage.records.round_records import ByRole, ClassCounts, Question, Round, RoundKind
from tests.simulation import history as h
from tests.simulation.bot_model import Bot
from tests.simulation.cells import cells_of, label_of
from tests.simulation.runs import MakeBot
from tests.simulation.state import State, Wave, WaveState, Written
from tests.simulation.stories import added, plain_side, told, told_whole
from tests.simulation.surfaces import Cache, Figures, Listed, Row, Split, Surfaces

Kept = Mapping[h.Slot, h.Points]


class Leak(StrEnum):
    """What is planted."""

    LATEST_OVER_PERIOD = "each person's latest answer over a period"
    CLUSTERED_RANGE = "a range that knows who answered what"
    TAKEDOWN_WAITS_AGAIN = "the rest of a withdrawn round waits and counts again"
    FORGET_RECOUNTS = "a counted answer that is forgotten leaves its round"
    WORD_PER_WAVE = "a word for each wave inside a round"
    EXPORT_BY_WAVE = "an export with the counts of each wave inside a round"
    WORDS_IN_SUMS = "word rounds in sums"
    NUMBER_FROM_5 = "a number from five people on"
    NO_CLIP = "exact counts of nearly unanimous rounds"
    CUTS_PER_EDITION = "all comments cut anew for each digest"
    WISHES_BESIDE_CUT = "wishes counted beside the tones, with no part in their hiding"
    WISHES_COUNTED_ANEW = "wishes of a block counted anew when a lead corrects one"
    DATES_IN_LISTS = "the day beside each comment"
    LIVE_CONFLICT_COUNT = "how many comments read against their writers' answers"
    COUNT_BEFORE_LEFT_OUT = "ten people counted before some are left out"
    NAMED_JOINS_CONFIDENTIAL = "answers with names and without in one round"
    RESTORE_KEEPS_WAITING = "a restored copy counts what waited in it"
    LEVEL_AFTER_WORDS = "a level that is read after word rounds too"
    WORD_AS_NUMBER_IN_TREND = "the number of a word round in the trend"
    CLIPPED_IN_PICTURE = "the exact score of a clipped round in the words of a picture"
    PART_OF_NINE = "a part of nine people"
    PART_NEARLY_UNANIMOUS = "exact counts of a part that is nearly unanimous"
    PART_OF_EVERYBODY = "a split with one part"
    FEW_CAME = "a split beside one of nearly the same people"
    SPLIT_LATER = "a split by the roles that people tell after the count"
    SPLIT_KEPT = "the split of a round that was taken down"
    SPLIT_OF_SOME = "parts of some rounds under the sum of all"
    FORGET_MOVES_PART = "a part that somebody leaves who is forgotten"
    CUSTOMERS_AMONG_USERS = "of the users of a product those who are customers too, as a figure of their own"
    USERS_BY_NUMBER = "the numbers of word rounds in the digest of an organisation"
    GROUP_COUNTS_ONCE = "a group of channels that counts each person once"
    FILE_COUNTS_AGAIN = "a file whose rows were counted before, all but one"
    FILE_ELSEWHERE = "the same about another product"
    COMMENTS_EXPIRE_ALONE = "comments that expire one by one, by the day on which they were written"
    OUTCOME_IN_SCORE = "a figure from elsewhere in a level"


_FEWEST = 2  # people of whom a range can be said
USES_ANSWERS = {
    Leak.LATEST_OVER_PERIOD,
    Leak.CLUSTERED_RANGE,
    Leak.TAKEDOWN_WAITS_AGAIN,
    Leak.FORGET_RECOUNTS,
    Leak.WORD_PER_WAVE,
    Leak.EXPORT_BY_WAVE,
    Leak.WORDS_IN_SUMS,
    Leak.LIVE_CONFLICT_COUNT,
    Leak.LEVEL_AFTER_WORDS,
    Leak.WORD_AS_NUMBER_IN_TREND,
    Leak.CLIPPED_IN_PICTURE,
    Leak.SPLIT_LATER,
    Leak.SPLIT_KEPT,
    Leak.FORGET_MOVES_PART,
    Leak.GROUP_COUNTS_ONCE,
    Leak.CUSTOMERS_AMONG_USERS,
    Leak.USERS_BY_NUMBER,
}
LOOSE_SPLITS = {Leak.PART_OF_NINE, Leak.PART_NEARLY_UNANIMOUS, Leak.PART_OF_EVERYBODY, Leak.FEW_CAME}
IN_STORIES = {Leak.LEVEL_AFTER_WORDS, Leak.WORD_AS_NUMBER_IN_TREND, Leak.CLIPPED_IN_PICTURE}


def leaky(leak: Leak) -> MakeBot:
    """Makes bots with this fault."""
    return partial(_make, leak)


def _make(
    leak: Leak, history: h.History, points: Kept, comments: Mapping[h.Slot, h.Comment], cache: Cache
) -> Bot:
    return LeakyBot(leak, history, points=points, comments=comments, cache=cache)


class LeakyBot(Bot):
    """The bot with one fault. Answers that it should have deleted are in `state.kept`, by wave and round."""

    def __init__(self, leak: Leak, history: h.History, **given: object) -> None:
        self.leak, self.splits = leak, list[Split]()
        super().__init__(history, **given)  # type: ignore[arg-type]

    def make_surfaces(self) -> Surfaces:
        """What is shown, with the fault."""
        return LeakySurfaces(self)

    def question_of(self, pulse: h.Pulse) -> tuple[str, Question]:
        """The question that a pulse asks, with names or without taken as one."""
        joins = self.leak is Leak.NAMED_JOINS_CONFIDENTIAL
        return super().question_of(pulse._replace(named=False) if joins else pulse)

    def decide(self, look: Look) -> NumberRound | WordRound | Wait:
        """Whether a question is counted, by too low a need."""
        found = super().decide(look)
        if self.leak is Leak.NUMBER_FROM_5:
            return _from(look, found, least=5, before_left_out=False)
        if self.leak is Leak.COUNT_BEFORE_LEFT_OUT:
            return _from(look, found, least=10, before_left_out=True)
        return found

    def count(self, key: str, look: Look, found: NumberRound | WordRound) -> None:
        """Count, and keep the answers if the fault is to use them."""
        if self.leak not in USES_ANSWERS:
            super().count(key, look, found)
            return
        answers = {wave.id: self.state.answers[wave.id] for wave in found.waves}
        super().count(key, look, found)
        for wave, given in answers.items():
            self.state.kept[wave] = {(wave, person): points for person, points in given.items()}
        counted = {(wave, person): answers[wave][person] for person, wave in found.members.items()}
        self.state.kept[f"r{self.state.made}"] = self.cache.same(counted)

    def counted(self, round_id: str, look: Look, found: NumberRound | WordRound) -> Round:
        """The totals of a round, with all its counts, or with a split that it may not have."""
        one = super().counted(round_id, look, found)
        if self.leak in LOOSE_SPLITS and one.histogram and not one.question.named:
            answers = {(wave, who): self.state.answers[wave][who] for who, wave in found.members.items()}
            return replace(one, by_role=loose_split(self.leak, one, answers, self.roles_of(look)))
        if self.leak is not Leak.NO_CLIP or one.clipped is None:
            return one
        given = [self.state.answers[wave][person] for person, wave in found.members.items()]
        return unclipped(one, given)

    def tick(self) -> list[str]:
        """Do what is due, and keep what was counted by role once people have told theirs."""
        lines = super().tick()
        for one in list(self.state.rounds.values()) if self.leak is Leak.SPLIT_LATER else ():
            of = one.question.product_id
            if one.histogram and not (one.by_role or one.withdrawn or one.question.named):
                told = {who: role for (about, who), role in self.state.roles.items() if role and about == of}
                late = split_by_role(scored(one, self.state.kept[one.id]), told, need=10)
                self.state.rounds[one.id] = self.cache.one(replace(one, by_role=late))
        return lines

    def forget(self, person: str) -> list[str]:
        """Forget somebody, also in rounds."""
        lines = super().forget(person)
        for split in [one for one in self.state.rounds.values() if one.by_role]:
            if self.leak is Leak.FORGET_MOVES_PART:
                scores = scored(split, self.state.kept[split.id])
                parts = without(split, scores, self.witness.rounds[split.id].roles, person)
                self.state.rounds[split.id] = self.cache.one(replace(split, by_role=parts))
        for name, given in list(self.state.kept.items()):
            if any(slot[1] == person for slot in given):
                left = {slot: points for slot, points in given.items() if slot[1] != person}
                if self.leak is Leak.FORGET_RECOUNTS or name in self.state.waves:
                    self.state.kept[name] = self.cache.same(left)
                one = self.state.rounds.get(name)
                if self.leak is Leak.FORGET_RECOUNTS and one and one.kind is RoundKind.NUMBER:
                    self.state.rounds[name] = self.cache.one(recounted(one, left))
        return lines

    def withdraw(self, round_id: str) -> None:
        """Take a round out of every figure, but not its split."""
        if self.leak is Leak.SPLIT_KEPT and (gone := self.surfaces.split_of([self.state.rounds[round_id]])):
            self.splits.append(gone)
        super().withdraw(round_id)

    def take_down(self, wave_id: str) -> list[str]:
        """Take a wave down, and let the rest of its round wait again."""
        wave = self.state.waves.get(wave_id)
        lines = super().take_down(wave_id)
        self.state.kept.pop(wave_id, None)
        if self.leak is Leak.TAKEDOWN_WAITS_AGAIN and wave and wave.round_id:
            for other in list(self.state.waves.values()):
                if other.round_id == wave.round_id and other.state is WaveState.COUNTED:
                    self._wait_again(other)
        return lines

    def before(self, question: Question) -> list[CountedBefore]:
        """The rounds on the same, without those that were taken back."""
        known = super().before(question)
        again = self.leak is Leak.FILE_COUNTS_AGAIN
        return [each for each in known if not (again and each.round.withdrawn)]

    def without_few(self, grouped: Grouped[RatedRow], question: Question) -> Grouped[RatedRow]:
        """What may be counted, whatever the rows of earlier files."""
        loose = (Leak.FILE_COUNTS_AGAIN, Leak.FILE_ELSEWHERE)
        return grouped if self.leak in loose else super().without_few(grouped, question)

    def expire(self, event: h.Expire) -> list[str]:
        """Erase old comments, by the day of each."""
        if self.leak is not Leak.COMMENTS_EXPIRE_ALONE:
            return super().expire(event)
        oldest = self.state.now - timedelta(days=event.days)
        for text, one in list(self.state.comments.items()):
            if self.state.waves[one.wave].closes_at < oldest:
                del self.state.comments[text]
        self.touched = True
        return []

    def empty_after_restore(self) -> None:
        """Erase what must not count after a restore."""
        if self.leak is not Leak.RESTORE_KEEPS_WAITING:
            super().empty_after_restore()

    def publish(self, event: h.Edition) -> list[str]:
        """Post a digest, with its own cuts."""
        lines = super().publish(event)
        if self.leak is not Leak.CUTS_PER_EDITION:
            return lines
        for key, question in self.state.questions.items():
            listed = [one for one in self.state.comments.values() if one.batch]
            written = [one for one in listed if self.state.batches[str(one.batch)].key == key]
            if len(written) < 20:
                continue
            cut = cut_block(question.lens, list(map(label_of, written)), k=5)
            lines.append(self.say.cut(key, cut))
            self.witness.add_cells(f"{key} {event.at}", cells_of(cut, written))
        return lines

    def cut(self, key: str, batches: tuple[str, ...], texts: list[str]) -> None:
        """Cut a block, and count its wishes apart from what is hidden."""
        super().cut(key, batches, texts)
        if self.leak is Leak.WISHES_BESIDE_CUT:
            block, inside = f"k{self.state.made}", [self.state.comments[text] for text in texts]
            cut = self.state.blocks[block].cut
            no_wishes = [CommentLabel(None if one.wish else one.tone, one.topic) for one in inside]
            found = cut_block(self.state.questions[key].lens, no_wishes, k=cut.need)
            found = replace(found, wishes=_from_five(sum(one.wish for one in inside)))
            self.state.blocks[block] = replace(self.state.blocks[block], cut=found)
            self.witness.add_cells(block, cells_of(found, inside))

    def correct(self, event: h.Correct) -> list[str]:
        """Say another tone and topic of a comment, and count the wishes beside it again."""
        lines = super().correct(event)
        if self.leak is Leak.WISHES_COUNTED_ANEW:
            for name, texts in self.witness.blocks.items():
                inside = [self.state.comments[text] for text in texts if text in self.state.comments]
                now = _from_five(sum(one.wish for one in inside))
                cut = replace(self.state.blocks[name].cut, wishes=now)
                self.state.blocks[name] = replace(self.state.blocks[name], cut=cut)
        return lines

    def _wait_again(self, wave: Wave) -> None:
        self.state.waves[wave.id] = replace(wave, state=WaveState.WAITING, round_id=None)
        self.state.answers[wave.id] = {
            person: points for (_, person), points in self.state.kept[wave.id].items()
        }


def _from_five(wishes: int) -> int | None:
    return wishes if wishes >= 5 else None


class LeakySurfaces(Surfaces):
    """What is shown, with one fault."""

    def __init__(self, bot: LeakyBot) -> None:
        super().__init__(bot.say, bot.cache)
        self.bot, self.leak = bot, bot.leak

    def figures(self, state: State) -> Figures:
        """Figures, with those of the fault."""
        found = super().figures(state)
        if self.leak is Leak.SPLIT_KEPT:
            return found._replace(splits=found.splits.union(self.bot.splits))
        if self.leak is Leak.LATEST_OVER_PERIOD:
            lines, rows = self._latest(state)
            return found._replace(lines=(*found.lines, *lines), answers=rows)
        if self.leak is Leak.FORGET_RECOUNTS:
            left = frozenset(
                frozenset(slot for name in row for slot in state.kept[name]) for row in found.rows
            )
            return found._replace(rows=frozenset(), answers=left)
        if self.leak is Leak.WORD_PER_WAVE:
            return found._replace(lines=(*found.lines, *self._words(state)))
        by_answers = {
            Leak.EXPORT_BY_WAVE: self._rows_by_wave,
            Leak.GROUP_COUNTS_ONCE: self._people_of_groups,
            Leak.CUSTOMERS_AMONG_USERS: self._customers_among_users,
        }
        if make := by_answers.get(self.leak):
            lines, rows = make(state)
            return found._replace(lines=(*found.lines, *lines), answers=rows)
        if self.leak is Leak.OUTCOME_IN_SCORE:
            mixed = (f"{product}: level {len(value) % 7}" for product, value in state.outcomes.items())
            found = found._replace(lines=(*found.lines, *mixed))
        return found

    def behind(self, state: State, rounds: Iterable[Round]) -> Hashable:
        """The answers, where the fault makes lines that no total determines."""
        if self.leak not in (Leak.CLUSTERED_RANGE, Leak.WORDS_IN_SUMS, *IN_STORIES, Leak.USERS_BY_NUMBER):
            return super().behind(state, rounds)
        return tuple(id(state.kept[one.id]) for one in rounds)

    def is_added(self, one: Round) -> bool:
        """Whether a round is in sums."""
        return super().is_added(one) or self.leak is Leak.WORDS_IN_SUMS

    def line_of_sum(self, title: str, rounds: Sequence[Round]) -> str:
        """Rounds added up."""
        kept = self.bot.state.kept
        if self.leak is Leak.WORDS_IN_SUMS:
            rounds = [recounted(one, kept[one.id]) if one.lean else one for one in rounds]
        line = super().line_of_sum(title, rounds)
        if self.leak is Leak.CLUSTERED_RANGE and len(rounds) > 1:
            line += f", likely {_clustered(rounds, [kept[one.id] for one in rounds])}"
        return line

    def split_of(self, rounds: Sequence[Round]) -> Split | None:
        """The roles that stand below the score of these rounds, or of those of them that have a split."""
        some = [one for one in rounds if one.by_role]
        if self.leak is not Leak.SPLIT_OF_SOME or not some:
            return super().split_of(rounds)
        found = super().split_of(some)
        return found._replace(of=frozenset(one.id for one in rounds)) if found else None

    def line_of_story(self, title: str, rounds: Sequence[Round]) -> str:
        """Everything that is made of all rounds of a product's sides."""
        if self.leak in IN_STORIES:
            return self.say.story(told(title, rounds, build=self._side))
        return super().line_of_story(title, rounds)

    def line_of_whole(self, title: str, own: str, parts: Mapping[str, Sequence[Round]]) -> str:
        """The digest of an organisation, its sides with a history that they may not have."""
        if self.leak is Leak.USERS_BY_NUMBER:
            return self.say.story(told_whole(title, parts, own, build=self._side))
        return super().line_of_whole(title, own, parts)

    def rows_of_story(self, rounds: Sequence[Round]) -> Iterable[Row]:
        """The rounds that each number of a story adds up."""
        return added(rounds, words=self.leak is Leak.LEVEL_AFTER_WORDS)

    def _side(self, lens: Lens, given: SideInput) -> Side:
        """A side with the fault in its level or in its history."""
        side, instrument = plain_side(lens, given), INSTRUMENTS[given.instrument or ""]
        kept = self.bot.state.kept
        whole = [one if one.withdrawn else self._in_full(one, kept[one.id]) for one in given.story]
        if self.leak is Leak.LEVEL_AFTER_WORDS:
            return replace(side, level=level_of(instrument, whole))
        return replace(side, history=history_of(instrument, whole))

    def _in_full(self, one: Round, kept: Kept) -> Round:
        """A round of the fault's kind with its counts; any other as it is."""
        if self.leak is Leak.CLIPPED_IN_PICTURE:
            return unclipped(one, list(kept.values())) if one.clipped is not None else one
        return recounted(one, kept) if one.lean is not None else one

    def listed(self, state: State) -> Listed:
        """Comments, with a count of those that their writers' answers contradict."""
        found = super().listed(state)
        if self.leak is Leak.LIVE_CONFLICT_COUNT:
            against = sum(self._reads_against(state, one) for one in state.comments.values() if one.batch)
            return found._replace(lines=(*found.lines, f"{against} read against what their writer chose"))
        return found

    def list_line(self, state: State, key: str, comments: Sequence[Written]) -> str:
        """The list of the comments on one question."""
        line = super().list_line(state, key, comments)
        if self.leak is Leak.DATES_IN_LISTS:
            line += " on " + ", ".join(f"{state.waves[one.wave].closes_at.date()}" for one in comments)
        return line

    def _reads_against(self, state: State, one: Written) -> bool:
        points = state.kept.get(one.wave, {}).get((one.wave, one.person))
        if points is None or state.waves[one.wave].state is WaveState.GONE:
            return False
        found = _class(state.questions[state.waves[one.wave].key].instrument, points)
        return (one.tone, found) in (
            (Sentiment.NEGATIVE, AnswerClass.FAVOURABLE),
            (Sentiment.POSITIVE, AnswerClass.UNFAVOURABLE),
        )

    def _latest(self, state: State) -> tuple[list[str], frozenset[frozenset[h.Slot]]]:
        """Scores of each person's latest answer in waves that closed within a period."""
        lines, rows = [], set()
        waves = sorted(
            (wave for wave in state.waves.values() if wave.state in (WaveState.WAITING, WaveState.COUNTED)),
            key=lambda wave: (wave.closes_at, wave.number),
        )
        questions = {state.questions[wave.key].instrument for wave in waves}
        for instrument in sorted(questions):
            for days in (7, 14, 30, 1000):
                latest: dict[str, tuple[h.Slot, h.Points]] = {}
                for wave in waves:
                    inside = wave.closes_at > state.now - timedelta(days=days)
                    if inside and state.questions[wave.key].instrument == instrument:
                        given = state.answers.get(wave.id)
                        slots = state.kept.get(wave.id) or {
                            (wave.id, who): p for who, p in (given or {}).items()
                        }
                        latest |= {slot[1]: (slot, points) for slot, points in slots.items()}
                if len(latest) >= 10:
                    classes = [_class(instrument, points) for _, points in latest.values()]
                    lines.append(f"{instrument} {days}d: {[classes.count(name) for name in AnswerClass]}")
                    rows.add(frozenset(slot for slot, _ in latest.values()))
        return lines, frozenset(rows)

    def _people_of_groups(self, state: State) -> tuple[list[str], frozenset[frozenset[h.Slot]]]:
        """Each person's latest counted answer in the channels of a group: no whole rounds any more."""
        lines, rows = [], set[frozenset[h.Slot]]()
        for name, channels in state.groups.items():
            latest: dict[str, dict[str, h.Slot]] = {}
            for one in state.rounds.values():
                if one.question.channel_id in channels and not one.withdrawn and one.id in state.kept:
                    of = latest.setdefault(one.question.instrument, {})
                    of |= {slot[1]: slot for slot in state.kept[one.id]}
            kept = {slot: points for each in state.kept.values() for slot, points in each.items()}
            for instrument, slots in latest.items():
                if len(slots) >= 10:
                    classes = [_class(instrument, kept[slot]) for slot in slots.values()]
                    lines.append(f"{name} {instrument}: {[classes.count(each) for each in AnswerClass]}")
                    rows.add(frozenset(slots.values()))
        return lines, frozenset(rows)

    def _customers_among_users(self, state: State) -> tuple[list[str], frozenset[frozenset[h.Slot]]]:
        """Of the users of each product of an organisation those who were counted as its customers too."""
        lines, rows = [], set[frozenset[h.Slot]]()
        standing = [one for one in state.rounds.values() if not one.withdrawn and one.id in state.kept]
        own = [one for one in standing if one.question.product_id == state.whole]
        customers = {who for one in own if one.question.lens is Lens.CX for _, who in state.kept[one.id]}
        for one in standing:
            found = {slot: points for slot, points in state.kept[one.id].items() if slot[1] in customers}
            if one not in own and len(found) >= 10:
                classes = [_class(one.question.instrument, points) for points in found.values()]
                lines.append(f"{one.id}: customers {[classes.count(each) for each in AnswerClass]}")
                rows.add(frozenset(found))
        return lines, frozenset(rows)

    def _rows_by_wave(self, state: State) -> tuple[list[str], frozenset[frozenset[h.Slot]]]:
        """A row of an export for each wave: how many chose which class."""
        lines, rows = [], set[frozenset[h.Slot]]()
        for one in state.rounds.values():
            by_wave: dict[str, list[h.Slot]] = {}
            for slot in state.kept[one.id]:
                by_wave.setdefault(slot[0], []).append(slot)
            for wave, slots in sorted(by_wave.items()) if not one.withdrawn else ():
                instrument = one.question.instrument
                classes = [_class(instrument, state.kept[one.id][slot]) for slot in slots]
                lines.append(f"{wave}: {[classes.count(name) for name in AnswerClass]}")
                rows.add(frozenset(slots))
        return lines, frozenset(rows)

    def _words(self, state: State) -> list[str]:
        lines = []
        for one in state.rounds.values():
            by_wave: dict[str, list[float]] = {}
            for (wave, _), points in state.kept[one.id].items():
                by_wave.setdefault(wave, []).append(_score(one.question.instrument, points))
            if len(by_wave) > 1 and not one.withdrawn:
                instrument = INSTRUMENTS[one.question.instrument]
                lines += [
                    f"{wave}: {lean_of(instrument, scores)}" for wave, scores in sorted(by_wave.items())
                ]
        return lines


def loose_split(leak: Leak, one: Round, given: Kept, roles: Mapping[str, Role]) -> ByRole:
    """A split that lacks one of its rules."""
    scores = scored(one, given)
    need = 9 if leak is Leak.PART_OF_NINE else 10
    found = split_by_role(scores, roles, need=need)
    if found or leak in (Leak.PART_OF_NINE, Leak.FEW_CAME):
        return found
    parts: dict[Role | None, Counter[float]] = {}
    for person, score in scores.items():
        parts.setdefault(roles.get(person), Counter())[score] += 1
    fewest = 1 if leak is Leak.PART_OF_EVERYBODY else 2
    return parts if len(parts) >= fewest and all(part.total() >= need for part in parts.values()) else {}


def without(
    one: Round, scores: Mapping[str, float], roles: Mapping[h.Slot, Role | None], person: str
) -> ByRole:
    """The split without one of its people."""
    left = {role: Counter(counts) for role, counts in one.by_role.items()}
    for (_, who), role in roles.items() if left else ():
        if who == person and who in scores:
            left[role][scores[who]] -= 1
    return {role: +counts for role, counts in left.items()}


def scored(one: Round, given: Kept) -> dict[str, float]:
    """The score of each person, as scored."""
    instrument = INSTRUMENTS[one.question.instrument]
    return {who: instrument.as_scored(_score(instrument.key, points)) for (_, who), points in given.items()}


def unclipped(one: Round, given: Sequence[h.Points]) -> Round:
    """A clipped round with the counts that it must not have."""
    instrument = INSTRUMENTS[one.question.instrument]
    scores = [_score(instrument.key, points) for points in given]
    scored = sorted(map(instrument.as_scored, scores))
    classes = [instrument.class_of(score) for score in scores]
    counts = ClassCounts(**{name.value: classes.count(name) for name in AnswerClass})
    return replace(
        one, clipped=None, histogram={score: scored.count(score) for score in scored}, classes=counts
    )


def recounted(one: Round, kept: Kept) -> Round:
    """A round counted anew from these answers, with figures however few they are."""
    instrument = INSTRUMENTS[one.question.instrument]
    forms = [dict(enumerate(points, start=1)) for points in kept.values()]
    scores = [_score(instrument.key, points) for points in kept.values()]
    totals = _totals(instrument, scores, forms)._asdict()
    return replace(one, kind=RoundKind.NUMBER, n=len(kept), **totals)


def _from(
    look: Look, found: NumberRound | WordRound | Wait, *, least: int, before_left_out: bool
) -> NumberRound | WordRound | Wait:
    """A number round where the rule says something else, but for the four weeks of the question."""
    if isinstance(found, Wait) and found.why in (WhyWait.RESTORED, WhyWait.FOUR_WEEKS):
        return found
    waves = tuple(sorted(look.waves, key=lambda wave: wave.place))
    latest = {person: wave.id for wave in waves for person in wave.respondents}
    left_out = counted_lately(look, RoundKind.NUMBER) & latest.keys()
    members = {person: wave for person, wave in latest.items() if person not in left_out}
    if isinstance(found, NumberRound) or len(members) < _FEWEST:
        return found
    if len(latest if before_left_out else members) < least:
        return found
    return NumberRound(waves=waves, members=members, left_out=left_out)


def _score(key: str, points: h.Points) -> float:
    score = response_score(INSTRUMENTS[key], dict(enumerate(points, start=1)))
    if score is None:
        raise ValueError("every answer of a history can be scored")
    return score


def _class(key: str, points: h.Points) -> AnswerClass:
    return INSTRUMENTS[key].class_of(_score(key, points))


def _clustered(rounds: Sequence[Round], kept: Sequence[Kept]) -> float:
    """Half a range whose variance adds up what each person gave in all of their rounds."""
    scored = [
        (person, INSTRUMENTS[one.question.instrument].as_scored(_score(one.question.instrument, points)))
        for one, answers in zip(rounds, kept, strict=True)
        for (_, person), points in answers.items()
    ]
    mean = math.fsum(score for _, score in scored) / len(scored)
    people: dict[str, float] = {}
    for person, score in scored:
        people[person] = people.get(person, 0) + score - mean
    return round(1.96 * math.sqrt(math.fsum(total**2 for total in people.values())) / len(scored))
