"""One side of a contrast: as a card, and in full for the thread."""

from collections.abc import Iterator
from datetime import date

from jobs.contrast import Contrast, OtherScore, Side
from jobs.contrast.build import MOST_USERS
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Block, fields
from jobs.messages.report import score_words
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.vocabulary import PEOPLE_OF, side_words
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, answered, capital
from jobs.privacy.progress_rule import Stage
from storage.records import Lens

WHO = {Lens.CX: "customer", Lens.UX: "user"}
_SIDES = {Lens.CX: "Customer side", Lens.UX: "User side"}


def sides(contrast: Contrast) -> tuple[Side, ...]:
    """All sides, CX first, then the users that the title has."""
    return contrast.sides


def name_of(side: Side, product: str) -> str:
    """The words for a side: of the users of another product than the contrast's, with its own name."""
    return side_words(side.lens, side.about or product)


def person_of(side: Side) -> str:
    """The word for somebody who is asked on a side: "customer", "user", "Atlas user"."""
    return f"{safe(side.about)} {WHO[side.lens]}" if side.about else WHO[side.lens]


def cards(contrast: Contrast, *, pictured: bool = False, figures: int = MOST_USERS) -> Block:
    """All sides beside each other, with the same facts on the same lines.

    Where they are `pictured` below, the picture shows their scales. Of products that the title does not have
    the users of so many are told in `figures`, the others in a word: their figures stand in the thread.
    """
    told = _cards(MRKDWN, contrast, pictured=pictured, figures=figures)
    return fields(*(MRKDWN.lines(*card) for card in told))


def cards_aloud(contrast: Contrast, *, pictured: bool = False, figures: int = MOST_USERS) -> str:
    """The cards in sentences."""
    told = _cards(SPEECH, contrast, pictured=pictured, figures=figures)
    return " ".join(f"{line}." for card in told for line in card)


def _cards(voice: Voice, contrast: Contrast, *, pictured: bool, figures: int) -> Iterator[list[str]]:
    for side in (contrast.cx, contrast.ux):
        yield _card(voice, side, contrast, pictured=pictured)
    for place, side in enumerate(contrast.beside):
        head, *facts = _card(voice, side, contrast, pictured=pictured)
        earlier = _earlier(voice, side, contrast)
        yield (
            [head]
            if place >= figures and side.is_shown
            else [head, *(fact for fact in facts if fact != earlier)]
        )


def _card(voice: Voice, side: Side, contrast: Contrast, *, pictured: bool) -> list[str]:
    """Side and word, score with its scale, score before, likely range, how many answered."""
    score, word = side.score, score_words.word(side)
    name = f"{capital(name_of(side, contrast.product))} ({side.lens})"
    head = voice.bold(f"{name}: {word}" if word else name)
    if score is None or not side.is_shown:
        none = "No score any more" if side.reduced else "No score yet"
        none = "No score in this period" if contrast.asked_for else none
        said = none if side.instrument or side.first_asked else "Not asked here"
        return list(filter(None, [head, said, "" if contrast.asked_for else _waiting(side)]))
    instrument = INSTRUMENTS[score.instrument]
    names = score.kind
    if score.lean is not None:
        number = f"{instrument.name}{names}: a number is shown from {side.score_from} answers"
    else:
        low, high = (score_words.number(voice, instrument, end) for end in instrument.bounds)
        shown = voice.bold(score_words.value(voice, score))
        number = f"{instrument.name}{names} {shown}" + ("" if pictured else f" ({low} to {high})")
    sure = score_words.likely(voice, score) if score.clipped is None else score_words.classes(voice, score)
    since = f"{waits} since" if (waits := _waiting(side)) else ""
    base = score_words.base(side) if side.counted_since_last else since
    return [line for line in (head, number, _earlier(voice, side, contrast), capital(sure), base) if line]


def _waiting(side: Side) -> str:
    """How many of those who could have answered a question that waits for more; empty where nobody knows."""
    waits = [each for each in side.progress if each.stage is Stage.TOO_FEW and each.answers]
    one = waits[0] if len(waits) == 1 else None
    return answered(one.answers, one.invited) if one and one.invited else ""


def _earlier(voice: Voice, side: Side, contrast: Contrast) -> str:
    """The score before; where the score itself was shown before, from when it is."""
    if not side.counted_since_last:
        days = [each.score.last_day for each in sides(contrast) if each.score and each.score.last_day]
        return _shown_before(voice, side, max(days, default=None))
    if side.reworded_on:
        day = voice.day(side.reworded_on)
        return f"New question text since {day}: earlier scores cannot be compared"
    return score_words.before(voice, side) or ("" if contrast.asked_for or side.reduced else "First score")


def _shown_before(voice: Voice, side: Side, newest: date | None) -> str:
    """A score that an earlier digest has shown: "from October, 24 answers"; `newest` is the newest day."""
    if side.score is None or side.score.last_day is None:
        return ""
    day, alone = side.score.last_day, side.score_in_month
    name = score_words.day_name(voice, day, in_month=alone, newest=newest, same_month_too=True)
    return f"from {name}, {score_words.base_in_answers(side.score)}"


def in_full(voice: Voice, side: Side, contrast: Contrast) -> str:
    """Everything that is known of a side's score; empty where there is neither a score nor a word."""
    score = side.score
    if score is None or not score.says_something:
        return ""
    whose, name = capital(name_of(side, contrast.product)), INSTRUMENTS[score.instrument].name
    shown = score_words.value(voice, score) or score_words.word(side)
    head = f"{voice.bold(f'{whose}: {name} {shown}')},"
    rest = ", ".join(filter(None, [score_words.likely(voice, score), score_words.base(side)]))
    chose, roles = (capital(each(voice, score)) for each in (score_words.classes, score_words.by_role))
    earlier = score_words.score_before(voice, side)
    changed = "" if contrast.asked_for else score_words.change(voice, side)
    return voice.lines(
        f"{head} {rest}." if voice.aloud else f"{head} {rest}",
        f"{chose}." if chose else "",
        f"{roles}." if roles and voice.aloud else roles,
        score_words.items(voice, score),
        score_words.standing(score),
        " ".join(filter(None, [f"{earlier}." if earlier else "", changed])),
    )


def by_role(voice: Voice, contrast: Contrast) -> str:
    """The scores of the sides by role, and who stands where; empty where no side has a split."""
    lines = [
        f"{capital(name_of(side, contrast.product))}, {said}"
        for side in sides(contrast)
        if side.score and (said := score_words.by_role(voice, side.score))
    ]
    return voice.lines(*(f"{line}." if voice.aloud else line for line in lines), who_stands_where(contrast))


def who_stands_where(contrast: Contrast) -> str:
    """Who answered on each side, where both were counted by role; of the others nobody knows."""
    split = [(side, side.score.parts) for side in sides(contrast) if side.score and side.score.parts]
    if len({side.lens for side, _ in split}) < len(Lens):
        return ""
    said = [", ".join(f"{part.n:,} {PEOPLE_OF[part.role]}" for part in parts) for _, parts in split]
    names = [f"Users of {safe(side.about)}" if side.about else _SIDES[side.lens] for side, _ in split]
    return " ".join(f"{name}: {people}." for name, people in zip(names, said, strict=True))


def also(voice: Voice, contrast: Contrast) -> str:
    """What was counted and speaks for no side: "support CSAT 76% (likely 55 to 89), 21 answers"."""
    return "; ".join(_other(voice, each) for each in contrast.others)


def also_this_week(voice: Voice, contrast: Contrast) -> str:
    """The same as a line of its own; empty where nothing else was counted."""
    others = also(voice, contrast)
    return f"Also this week: {others}." if others else ""


def _other(voice: Voice, of: OtherScore) -> str:
    """A score that speaks for no side: "support CSAT 76% (likely 55 to 89), 21 answers"."""
    name, shown = _name_of_other(of), score_words.value(voice, of.score)
    if of.score.lean is not None:
        return f"{name}: {score_words.lean(of.score.lean)}, {score_words.base_in_answers(of.score)}"
    sure = score_words.likely(voice, of.score)
    return (
        f"{name} {voice.bold(shown)}{f' ({sure})' if sure else ''}, {score_words.base_in_answers(of.score)}"
    )


def _name_of_other(of: OtherScore) -> str:
    name = INSTRUMENTS[of.score.instrument].name + of.score.kind
    if of.subject is None:
        return name
    subject = safe(of.subject)
    return f"{name} about {subject}" if " " in of.subject.strip() else f"{subject} {name}"
