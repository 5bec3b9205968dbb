"""Under a contrast: its period, who was asked, what "likely" means, and where an open question is."""

from jobs.contrast import Contrast, OpenQuestion, People, Side
from jobs.messages.report.score_words import LIKELY
from jobs.messages.report.side_cards import sides
from jobs.messages.wording.voice import Voice, capital

PEOPLE = {
    People.DIFFERENT: "two different groups of people",
    People.SAME: "the same people on both sides",
    People.SOME: "some people answered both questions",
}
_SMALL_SHARE = 0.3  # under this share those who answered may not stand for all


def small_print(voice: Voice, contrast: Contrast) -> str:
    """The facts on one line, and below them what "likely" means."""
    facts = [voice.period(contrast.period) if contrast.period else ""]
    facts.append(PEOPLE[contrast.people] if contrast.people else "")
    said = (", " if voice.aloud else " · ").join(filter(None, facts))
    few = any(map(_stands_for_few, sides(contrast)))
    return voice.lines(
        "Few answered: this may not speak for everyone." if few else "",
        f"{capital(said)}." if voice.aloud and said else said,
        LIKELY if any(side.score and side.score.likely for side in sides(contrast)) else "",
    )


def open_question(contrast: Contrast) -> OpenQuestion | None:
    """The question to point to: an open one of a side that shows nothing yet, CX first; or None."""
    wanting = [side for side in sides(contrast) if not side.is_shown]
    return next((side.open_question for side in wanting if side.open_question), None)


def _stands_for_few(side: Side) -> bool:
    score = side.score
    return bool(score and side.is_shown and side.invited and score.n / side.invited < _SMALL_SHARE)
