"""Under a contrast: its period, who answered, what "likely" means, and what can still be answered."""

from jobs.contrast import Contrast, OpenQuestion, People, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.report.side_cards import sides
from jobs.messages.report.verdict import TOO_SMALL
from jobs.messages.wording.voice import Voice, capital
from jobs.scoring import Stage

PEOPLE = {
    People.DIFFERENT: "different people on the two sides",
    People.SAME: "the same people on the two sides",
    People.SOME: "some people on both sides",
}
_FEW = 10
_SMALL_SHARE = 0.3  # under this share, or under 10 people, those who answered do not stand for all


def small_print(voice: Voice, contrast: Contrast, zone: str | None) -> str:
    """The facts on one line, or as sentences; moments are told in `zone`, or with None each in its own."""
    facts = [voice.period(contrast.period)]
    if contrast.state in TOO_SMALL:
        facts.append(_still_open(voice, contrast, zone))
    else:
        facts += [as_of(voice, side) for side in sides(contrast)]
        facts.append(PEOPLE[contrast.people] if contrast.people else "")
        facts.append("those who answered, not all" if any(map(_stands_for_few, sides(contrast))) else "")
        likely = "likely" if voice.aloud else "“likely”"
        facts.append(f"{likely} ranges are right 19 times in 20")
    said = [fact for fact in facts if fact]
    return " ".join(f"{capital(fact)}." for fact in said) if voice.aloud else " · ".join(said)


def open_question(contrast: Contrast) -> OpenQuestion | None:
    """The question to point to: one of a side that still has too few answers to show, CX first; or None."""
    if contrast.state not in TOO_SMALL:
        return None
    wanting = [side for side in sides(contrast) if side.score is None or side.score.stage is Stage.HIDDEN]
    return next((side.open_question for side in wanting if side.open_question), None)


def _still_open(voice: Voice, contrast: Contrast, zone: str | None) -> str:
    question = open_question(contrast)
    if question is None:
        return ""
    what = "the statements" if question.has_form else "the question"
    verb = "are" if question.has_form else "is"
    return f"{what} in <#{question.channel_id}> {verb} open until {voice.when(question.closes_at, zone)}"


def as_of(voice: Voice, side: Side) -> str:
    """Until when the question was asked, where that was before the period; else empty."""
    if side.asked_on is None or side.instrument is None:
        return ""
    return f"{INSTRUMENTS[side.instrument].name} as asked until {voice.day(side.asked_on.date())}"


def _stands_for_few(side: Side) -> bool:
    return side.n < _FEW or bool(side.invited and side.n / side.invited < _SMALL_SHARE)
