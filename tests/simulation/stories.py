"""The stories of a product's sides: what every digest, trend, explanation and picture is made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from jobs.contrast import Contrast, OtherScore, Side, UsersOf, contrast
from jobs.contrast.side import SideInput, build_side, history_of, speaking
from jobs.contrast.side_parts import HistoryRow
from jobs.instruments import INSTRUMENTS
from jobs.scoring import score_of
from jobs.scoring.chosen_rounds import newest_rounds, stands_alone
from storage.records import Lens
from storage.records.round_records import Question, Round, RoundKind
from tests.simulation.state import State

MOST_ROUNDS = 26  # of a side in one trend
Topic = tuple[str, bool, str]
"""An instrument, whether it is asked with names, and from which file it is, if from one."""
BuildSide = Callable[[Lens, SideInput], Side]


class Story(NamedTuple):
    """Both sides of a product as some channels see them; `longest` tells all rounds of each side."""

    title: str
    contrast: Contrast
    longest: tuple[Side, ...]


def plain_side(lens: Lens, given: SideInput) -> Side:
    """A side as the product builds it."""
    return build_side(lens, given, min_group=5)


def told(title: str, rounds: Sequence[Round], *, build: BuildSide = plain_side) -> Story:
    """The story of these rounds, withdrawn ones too; on each side speaks what the product lets speak."""
    topics = {lens: _topics(lens, rounds) for lens in Lens}
    found = {lens: speaking(lens, [one.question for one in rounds], None) for lens in Lens}
    speak = {lens: (one.instrument, one.named, one.source) if one else None for lens, one in found.items()}
    given = {lens: _given(topics[lens][topic]) if (topic := speak[lens]) else SideInput() for lens in Lens}
    made = contrast(title, None, min_group=5, cx=given[Lens.CX], ux=given[Lens.UX], first=False)
    sides = {lens: build(lens, given[lens]) if speak[lens] else made.side(lens) for lens in Lens}
    others = tuple(
        OtherScore(score=score)
        for lens in Lens
        for topic, of in topics[lens].items()
        if topic != speak[lens] and (score := score_of(INSTRUMENTS[topic[0]], newest_rounds(of).now))
    )
    longest = (
        replace(side, history=side.history + _older(side, given[side.lens]))
        for side in sides.values()
        if side.instrument
    )
    made = replace(made, cx=sides[Lens.CX], ux=sides[Lens.UX], others=others)
    return Story(title, made, tuple(longest))


def told_whole(
    title: str, parts: Mapping[str, Sequence[Round]], own: str, *, build: BuildSide = plain_side
) -> Story:
    """The story of an organisation: of the rounds of its own product, and of those of others, by product."""
    users = []
    for product, rounds in sorted(parts.items()):
        found = speaking(Lens.UX, [one.question for one in rounds], None)
        if found is not None:
            given = _given(_topics(Lens.UX, rounds)[_topic(found)])
            users.append(UsersOf(product_id=product, name=product, given=given))
    mine = parts.get(own, ())
    spoke = speaking(Lens.CX, [one.question for one in mine], None)
    topics = _topics(Lens.CX, mine)
    cx = _given(topics[_topic(spoke)]) if spoke else SideInput()
    made = contrast(title, None, min_group=5, cx=cx, ux=SideInput(), first=False, users=users)
    inputs = {"": cx} | {each.product_id: each.given for each in users}
    sides = []
    for side in made.sides:
        given = inputs[side.product_id] if side.lens is Lens.CX or users else SideInput()
        again = build(side.lens, given) if given.instrument and build is not plain_side else side
        sides.append(replace(again, about=side.about, product_id=side.product_id))
    longest = (
        replace(
            side, history=side.history + _older(side, cx if side.lens is Lens.CX else inputs[side.product_id])
        )
        for side in sides
        if side.instrument
    )
    return Story(title, made.with_sides(sides), tuple(longest))


def wholes(state: State) -> Iterator[tuple[str, str, dict[str, list[Round]]]]:
    """What the digests of an organisation show, each with its own product and the rounds of all by product.

    One reads all channels, and others leave one out.
    """
    channels = sorted({one.question.channel_id for one in state.rounds.values()})
    own = min(state.products_like(state.whole))
    for left_out in ("", *channels) if state.whole else ():
        parts: dict[str, list[Round]] = defaultdict(list)
        for one in state.rounds.values():
            if one.question.channel_id != left_out:
                parts[min(state.products_like(one.question.product_id))].append(one)
        if parts:
            yield f"{state.names.get(own, own)} whole but {left_out}", own, parts


def groups(state: State) -> Iterator[tuple[str, list[Round]]]:
    """The rounds of each story that can be asked for: of a product, in one channel or in all.

    Each instrument stands alone too, since a query and a digest can name it.
    """
    found: dict[tuple[str, ...], list[Round]] = defaultdict(list)
    for one in state.rounds.values():
        question = one.question
        product = min(state.products_like(question.product_id))
        name = state.names.get(product, product)
        for channel in state.places_of(question.channel_id):
            found[name, channel].append(one)
            found[name, channel, question.instrument, f"{question.named}"].append(one)
    for key, rounds in found.items():
        yield " ".join(key), rounds


def added(rounds: Iterable[Round], *, words: bool = False) -> Iterator[frozenset[str]]:
    """The rounds that each level of a story adds up: all with figures, of one instrument and side.

    With `words`, which no story may, word rounds too.
    """
    levels: dict[tuple[Lens, Topic], set[str]] = defaultdict(set)
    for one in rounds:
        if (words or one.kind is RoundKind.NUMBER) and not one.withdrawn:
            levels[one.question.lens, _topic(one.question)].add(one.id)
    yield from map(frozenset, levels.values())


def _topics(lens: Lens, rounds: Iterable[Round]) -> dict[Topic, list[Round]]:
    found: dict[Topic, list[Round]] = defaultdict(list)
    for one in rounds:
        if one.question.lens is lens:
            found[_topic(one.question)].append(one)
    return found


def _topic(question: Question) -> Topic:
    return question.instrument, question.named, question.source


def _given(rounds: Sequence[Round]) -> SideInput:
    chosen = newest_rounds(rounds)
    return SideInput(
        instrument=rounds[0].question.instrument,
        rounds=chosen,
        story=tuple(rounds),
        before_in_month=len(chosen.before) == 1 and stands_alone(chosen.before[0], rounds),
        channels=tuple(sorted({one.question.channel_id for one in rounds})),
    )


def _older(side: Side, given: SideInput) -> tuple[HistoryRow, ...]:
    """The rounds before those of a side's history."""
    rows = history_of(INSTRUMENTS[side.instrument or ""], given.story, most=MOST_ROUNDS)
    return rows[len(side.history) :]
