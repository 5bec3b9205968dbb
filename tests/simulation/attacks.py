"""The attacks T1 to T11: each takes a run and says what it found; nothing is what it should find."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations
from random import Random
from typing import NamedTuple

from jobs.instruments import INSTRUMENTS
from jobs.privacy.clip_rule import clipped_score
from jobs.scoring import response_score
from jobs.scoring.counted_round import lean_of
from storage.records import Role
from storage.records.round_records import RoundKind
from tests.simulation.cells import KINDS
from tests.simulation.history import Answers, ChangeRole, Comment, Enter, Event, Points, Slot
from tests.simulation.runs import Run
from tests.simulation.span import masks, nested_differences, smallest_cover
from tests.simulation.surfaces import ELSEWHERE, Split
from tests.simulation.witness import Counted

_FEW = range(1, 5)
_UNDER_TEN = range(5, 10)


class Finding(NamedTuple):
    """What an attack found, and where."""

    test: str
    history: str
    what: str


Attack = Callable[[Run], Iterator[Finding]]


def swap_answers(run: Run) -> Iterator[Finding]:
    """T1: every answer ever counted is exchanged with one of another class of its round; nothing shows it.

    Where a round may be kept by role, the two are of one role. What each role chose is then shown, as two
    rounds would be, so an exchange between roles must show; and whether there are parts depends on what each
    of them chose (the one exception of rule 5). That nobody can be read off by this is T4's to find
    (test_split_rule: over all groups that look the same, though all roles are known).
    """
    for slot, partner in exchanges(run):
        points = {slot: run.points[partner], partner: run.points[slot]}
        place = run.differs(points=points)
        if place is not None:
            yield _found(run, "T1", f"{slot} and {partner} show after {run.history.events[place]}")


def change_uncounted(run: Run) -> Iterator[Finding]:
    """T1: answers that are counted in no round (left out, replaced, erased) are changed; nothing shows it."""
    counted = {slot for one in run.bot.witness.rounds.values() for slot in one.answers}
    named = {wave for wave, pulse in run.pulses.items() if run.history.pulses[pulse].named}
    others = {slot for slot in run.points if slot not in counted and slot[0] not in named}
    points = {slot: tuple(reversed_points(run, slot)) for slot in sorted(others)}
    place = run.differs(points=points) if points else None
    if place is not None:
        yield _found(run, "T1", f"answers that were not counted show after {run.history.events[place]}")


def reversed_points(run: Run, slot: Slot) -> Iterator[int]:
    """An answer from the other end of the scale."""
    scale = INSTRUMENTS[run.instrument_of(slot)].scale
    yield from (scale.low + scale.high - point for point in run.points[slot])


def exchanges(run: Run) -> Iterator[tuple[Slot, Slot]]:
    """Each answer of a question without names that was counted, with one of another class of its round."""
    chance = Random(run.history.name)  # noqa: S311 - a choice, not a secret
    for one in run.bot.witness.rounds.values():
        if one.question.named or True in one.names:
            continue
        slots = sorted(one.answers)
        classes = {slot: class_of(one, run.points[slot]) for slot in slots}
        apart = may_be_kept_by_role(one)
        for slot in slots:
            near = one.parts[one.roles[slot]] if apart else one.answers
            others = [other for other in slots if other in near and classes[other] != classes[slot]]
            if others:
                yield slot, chance.choice(others)


def may_be_kept_by_role(one: Counted) -> bool:
    """Whether a round has the parts for a split, so that it depends on the answers whether there is one."""
    sizes = [len(part) for part in one.parts.values()]
    return one.kind is RoundKind.NUMBER and len(sizes) > 1 and min(sizes) >= 10


def class_of(one: Counted, points: Points) -> float:
    """What an answer counts as."""
    instrument = INSTRUMENTS[one.question.instrument]
    score = response_score(instrument, dict(enumerate(points, start=1)))
    if score is None:
        raise ValueError("every answer of a history can be scored")
    return instrument.as_scored(score)


def change_hidden(run: Run) -> Iterator[Finding]:
    """T4: an answer of which a round tells nothing is changed alone, without a partner; nothing shows it.

    Such are the answers of word rounds, as long as the word holds, and those of clipped rounds, as long as
    all but two or fewer gave the same.
    """
    for one in run.bot.witness.rounds.values():
        if one.question.named or True in one.names:
            continue
        points = {slot: run.points[slot] for slot in sorted(one.answers)}
        kept = kept_of(one, points.values())
        if one.kind is RoundKind.NUMBER and kept is None:
            continue
        for slot in points:
            found = (form for form in sorted({*points.values(), tuple(reversed_points(run, slot))}))
            other = next((form for form in found if is_hidden(one, points, slot, form, kept)), None)
            place = run.differs(points={slot: other}) if other else None
            if place is not None:
                yield _found(run, "T4", f"{slot} as {other} shows after {run.history.events[place]}")


def is_hidden(one: Counted, points: dict[Slot, Points], slot: Slot, other: Points, kept: object) -> bool:
    """Whether an answer can be another one, of another class, of which the round keeps nothing else."""
    changed = {**points, slot: other}
    return class_of(one, other) != class_of(one, points[slot]) and kept_of(one, changed.values()) == kept


def kept_of(one: Counted, points: Iterable[Points]) -> object:
    """What a word round or a clipped one keeps of its answers; None for a round that is not clipped."""
    instrument = INSTRUMENTS[one.question.instrument]
    if one.kind is RoundKind.NUMBER:
        return clipped_score(Counter(class_of(one, form) for form in points))
    scores = [response_score(instrument, dict(enumerate(form, start=1))) for form in points]
    return lean_of(instrument, [score for score in scores if score is not None])


def span_of_numbers(run: Run) -> Iterator[Finding]:
    """T2: no printed number, and no sum or difference of them, is of one to four answers."""
    rows = masks(printed_rows(run))
    size = smallest_cover(rows)
    if size in _FEW:
        yield _found(run, "T2", f"numbers add up to one of {size} answers")


def ladder_of_numbers(run: Run) -> Iterator[Finding]:
    """T3: no printed number is of fewer than ten people, none lies five to nine under another."""
    rows = set(printed_rows(run))
    for row in rows:
        people = len({person for _, person in row})
        if people < 10:
            yield _found(run, "T3", f"a number of {people} people")
    for size in sorted({size for size in nested_differences(masks(rows)) if size in _UNDER_TEN}):
        yield _found(run, "T3", f"a number lies {size} answers under another")


def printed_rows(run: Run) -> set[frozenset[Slot]]:
    """The answers that each printed number adds up."""
    by_rounds = {row for shown in run.shown for row in shown.figures.rows}
    rounds = run.bot.witness.rounds
    found = {frozenset(slot for name in row for slot in rounds[name].answers) for row in by_rounds}
    splits = {split for shown in run.shown for split in shown.figures.splits}
    found |= {part for split in splits for part in parts_of(run, split).values()}
    return found | {row for shown in run.shown for row in shown.figures.answers}


def parts_of(run: Run, split: Split) -> dict[Role | None, frozenset[Slot]]:
    """The answers that stand below a number, role by role."""
    rounds = [run.bot.witness.rounds[name] for name in split.rounds]
    return {
        role: frozenset(slot for one in rounds for slot, of in one.roles.items() if of is role)
        for role in split.roles
    }


def roles_of_few(run: Run) -> Iterator[Finding]:
    """T2 and T3 for roles: no split tells the roles of few, by itself or taken from another one.

    Answers are counted once, but roles last: how many of each role two splits have tells who came and who
    went between them. Somebody who was forgotten and told a role again counts as another person.
    """
    splits = {split for each in run.shown for split in each.figures.splits if len(split.of) == 1}
    names = sorted({name for split in splits for name in split.of})
    alone = [run.bot.witness.rounds[name] for name in names]
    for one in alone:
        if max(map(len, one.parts.values())) >= len(one.answers) - 2:
            yield _found(run, "T10", f"{one.id} tells the role of nearly everybody")
    for first, second in combinations(alone, 2):
        if first.question.product_id != second.question.product_id:
            continue
        people, others = _as_they_were(run, first), _as_they_were(run, second)
        apart, nested = len(people ^ others), people & others in (people, others)
        if apart in _FEW or (nested and apart in _UNDER_TEN):
            yield _found(run, "T2", f"{first.id} and {second.id} tell the roles of {apart} people")


def _as_they_were(run: Run, one: Counted) -> frozenset[tuple[str, int]]:
    """The people of a round, each with how often they had been forgotten by then."""
    forgot = run.bot.witness.forgot
    return frozenset((who, sum(w == who and day < one.day for w, day in forgot)) for who in one.people)


def values_do_not_steer(run: Run) -> Iterator[Finding]:
    """T5: with any other answers, dates, membership, waits and notices are the same."""
    chance = Random(run.history.name)  # noqa: S311 - a choice, not a secret
    other = {}
    for slot, points in run.points.items():
        scale = INSTRUMENTS[run.instrument_of(slot)].scale
        other[slot] = tuple(chance.randint(scale.low, scale.high) for _ in points)
    if not other:
        return
    bot = run.make(run.history, other, run.comments, run.cache)
    for place, event in enumerate(run.history.events):
        shown, before = bot.step(event), run.shown[place]
        if (shown.notices, shown.comments) != (before.notices, before.comments):
            yield _found(run, "T5", f"other answers show after {event}")
            return
    if bot.witness != run.bot.witness:
        yield _found(run, "T5", "other answers make other rounds, batches or blocks")


def roles_do_not_steer(run: Run) -> Iterator[Finding]:
    """T5: with any other roles, dates, membership, waits, notices and comments are the same."""
    chance = Random(f"{run.history.name}, other roles")  # noqa: S311 - a choice, not a secret

    def other(event: Event) -> Event:
        if isinstance(event, ChangeRole):
            return event._replace(role=chance.choice(list(Role)))
        if isinstance(event, Answers):
            told = (one._replace(role=one.role and chance.choice(list(Role))) for one in event.given)
            return event._replace(given=tuple(told))
        return event

    bot = run.make(run.history, run.points, run.comments, run.cache)
    for place, event in enumerate(map(other, run.history.events)):
        shown, before = bot.step(event), run.shown[place]
        if (shown.notices, shown.comments) != (before.notices, before.comments):
            yield _found(run, "T5", f"other roles show after {event}")
            return
    rounds, before_rounds = (
        [one._replace(roles={}) for one in of.witness.rounds.values()] for of in (bot, run.bot)
    )
    if rounds != before_rounds:
        yield _found(run, "T5", "other roles make other rounds")


def outcomes_do_not_steer(run: Run) -> Iterator[Finding]:
    """With any other figures from elsewhere all else is the same, word for word: they are never mixed in."""
    if not any(isinstance(event, Enter) for event in run.history.events):
        return
    bot = run.make(run.history, run.points, run.comments, run.cache)
    for place, event in enumerate(run.history.events):
        other = event._replace(value=f"{event.value}9") if isinstance(event, Enter) else event
        shown, before = bot.step(other), run.shown[place]
        lines, as_before = (
            [line for line in one.figures.lines if not line.startswith(ELSEWHERE)] for one in (shown, before)
        )
        if (shown.notices, shown.comments, lines) != (before.notices, before.comments, as_before):
            yield _found(run, "T5", f"another figure from elsewhere shows after {event}")
            return


def rounds_are_frozen(run: Run) -> Iterator[Finding]:
    """T6: whatever happens, the line of a round stays as it was first shown; so does that of a cut."""
    first: dict[str, str] = {}
    for place, shown in enumerate(run.shown):
        for name, line in (*shown.figures.round_lines, *shown.comments.block_lines):
            if first.setdefault(name, line) != line:
                yield _found(run, "T6", f"{name} changed after {run.history.events[place]}")
                return


def parts_do_not_meet(run: Run) -> Iterator[Finding]:
    """T7: an answer is in one round, a comment in one batch and block; withdrawn rounds are in no figure."""
    witness = run.bot.witness
    for kind, groups in (
        ("rounds", [one.answers for one in witness.rounds.values() if not _counted_again(run, one)]),
        ("batches", list(witness.batches.values())),
        ("blocks", list(witness.blocks.values())),
    ):
        if sum(map(len, groups)) > len(frozenset[object]().union(*groups)):
            yield _found(run, "T7", f"two {kind} have something in common")
    for shown, state in zip(run.shown, [*run.states[1:], run.bot.state], strict=True):
        gone = {one.id for one in state.rounds.values() if one.withdrawn}
        lost = {slot for name in gone for slot in witness.rounds[name].answers}
        if any(row & gone for row in shown.figures.rows) or any(row & lost for row in shown.figures.answers):
            yield _found(run, "T7", "a withdrawn round is in a figure")
            return
        if any((split.of | split.rounds) & gone for split in shown.figures.splits):
            yield _found(run, "T7", "a withdrawn round is kept by role")
            return


def _counted_again(run: Run, gone: Counted) -> bool:
    """Whether a round was taken back, and the very same rows of a file were counted again later."""
    later = (one for one in run.bot.witness.rounds.values() if one.id != gone.id)
    return gone.id in run.bot.witness.withdrawn and any(one.answers == gone.answers for one in later)


def parts_are_of_their_number(run: Run) -> Iterator[Finding]:
    """T7: what stands below a number by role adds up to it: the same answers, none of them twice."""
    for split in {split for shown in run.shown for split in shown.figures.splits}:
        whole = frozenset(slot for name in split.of for slot in run.bot.witness.rounds[name].answers)
        if frozenset[Slot]().union(*parts_of(run, split).values()) != whole:
            yield _found(run, "T7", f"the parts below {sorted(split.of)} are not all of it")
            return


def swap_comments(run: Run) -> Iterator[Finding]:
    """T8: writers of a batch exchange their comments, two of one batch or many of all; nothing shows it.

    People who let the bot forget them are left out: a list before and after tells which comments went.
    """
    chance = Random(run.history.name)  # noqa: S311 - a choice, not a secret
    forgot = {person for person, _ in run.bot.witness.forgot}
    slots = {comment.text: slot for slot, comment in run.comments.items()}
    everywhere: dict[Slot, Comment] = {}
    pairs = []
    for texts in run.bot.witness.batches.values():
        writers = sorted(slots[text] for text in texts if slots[text][1] not in forgot)
        others = chance.sample(writers, len(writers))
        everywhere |= {slot: run.comments[other] for slot, other in zip(writers, others, strict=True)}
        pairs += [(slot, other) for slot, other in zip(writers, others, strict=True) if slot[1] != other[1]]
    exchanged = [everywhere] if everywhere else []
    for first, second in chance.sample(pairs, min(2, len(pairs))):
        exchanged.append({first: run.comments[second], second: run.comments[first]})
    for comments in exchanged:
        place = run.differs(comments=comments)
        if place is not None:
            yield _found(run, "T8", f"{len(comments)} exchanged comments show: {run.history.events[place]}")


def cells_of_cuts(run: Run) -> Iterator[Finding]:
    """T8: no shown cell of a cut is of fewer than five comments, or lies so few under another, of any name.

    A topic that lies in a tone is one of them: who reads the list knows that it does. Nor is the rest of a
    block or a cell so few without all tones and wishes that lie in it, or without all topics.
    """
    cells = set(run.bot.witness.cells.values())
    by_blocks: dict[tuple[str, ...], dict[str, frozenset[str]]] = defaultdict(dict)
    for blocks, cell in {cell for shown in run.shown for cell in shown.comments.cells}:
        texts = frozenset[str]().union(*(run.bot.witness.cells[block, cell] for block in blocks))
        cells.add(texts)
        by_blocks[blocks][cell] = texts
    for blocks, named in by_blocks.items():
        whole = frozenset[str]().union(*(run.bot.witness.blocks[block] for block in blocks))
        if any(size in _FEW for size in _rests([whole, *named.values()], named)):
            yield _found(run, "T8", "fewer than five comments are in no shown cell")
    if any(len(texts) < 5 for texts in cells):
        yield _found(run, "T8", "a cell is of fewer than five comments")
    if any(size in _FEW for size in nested_differences(masks(cells))):
        yield _found(run, "T8", "two cells differ by fewer than five comments")


def _rests(wholes: Iterable[frozenset[str]], named: Mapping[str, frozenset[str]]) -> Iterator[int]:
    """How many comments are left of each of these without the tones and wishes in it, or the topics in it."""
    for whole in wholes:
        for are_kinds in (True, False):
            inside = [
                texts for name, texts in named.items() if (name in KINDS) is are_kinds and texts < whole
            ]
            if inside:
                yield len(whole.difference(*inside))


def four_weeks_apart(run: Run) -> Iterator[Finding]:
    """T9: two rounds of the same within four weeks have nobody in common, lost rounds included."""
    rounds = [one for one in run.bot.witness.rounds.values() if not one.question.named]
    for first, second in combinations(sorted(rounds, key=lambda one: one.day), 2):
        gap = timedelta(days=7 * second.weeks - 1)
        if second.day - first.day >= gap or not _same(first, second):
            continue
        if first.answers == second.answers and (_counted_again(run, first) or _counted_again(run, second)):
            continue
        common = {
            person
            for person in first.people & second.people
            if not any(who == person and day >= first.day for who, day in run.bot.witness.forgot)
        }
        if common:
            yield _found(run, "T9", f"{first.id} and {second.id} share {sorted(common)}")


def _same(first: Counted, second: Counted) -> bool:
    """Whether two rounds are of the same; `second` is the later one, when products may have been merged."""
    if first.question.product_id not in second.products:
        return False
    if second.kind is RoundKind.WORD:
        return True
    return (first.question.instrument, first.question.subject_key) == (
        second.question.instrument,
        second.question.subject_key,
    )


def nothing_is_nearly_unanimous(run: Run) -> Iterator[Finding]:
    """T10: no count that is kept has all but two or fewer people at one value; no counted answer is kept."""
    for one in run.bot.state.rounds.values():
        counts = [*one.histogram.values(), *(people for item in one.items for people in item.values())]
        if any(people >= one.n - 2 for people in counts):
            yield _found(run, "T10", f"{one.id} keeps a count that is nearly unanimous")
        for role, part in one.by_role.items():
            if max(part.values()) >= sum(part.values()) - 2:
                yield _found(run, "T10", f"{one.id} keeps a part of {role} that is nearly unanimous")
    state = run.bot.state
    for wave in state.answers:
        if state.waves[wave].round_id and not state.questions[state.waves[wave].key].named:
            yield _found(run, "T10", f"{wave} is counted and its answers are kept")


def names_stay_apart(run: Run) -> Iterator[Finding]:
    """T11: no round holds answers with names and answers without."""
    for one in run.bot.witness.rounds.values():
        if len(one.names) > 1 or one.question.named not in one.names:
            yield _found(run, "T11", f"{one.id} holds both")


ATTACKS: tuple[Attack, ...] = (
    swap_answers,
    change_uncounted,
    change_hidden,
    span_of_numbers,
    ladder_of_numbers,
    roles_of_few,
    values_do_not_steer,
    roles_do_not_steer,
    outcomes_do_not_steer,
    rounds_are_frozen,
    parts_do_not_meet,
    parts_are_of_their_number,
    swap_comments,
    cells_of_cuts,
    four_weeks_apart,
    nothing_is_nearly_unanimous,
    names_stay_apart,
)


def _found(run: Run, test: str, what: str) -> Finding:
    return Finding(test, run.history.name, what)
