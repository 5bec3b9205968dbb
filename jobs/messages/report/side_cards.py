"""One side of a contrast: in one line, as a card, and what it says about the other side."""

from jobs.contrast import Contrast, Side, State
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Block, fields
from jobs.messages.report import score_words
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count
from jobs.scoring import SCORE_FROM, Score, Stage
from storage.records import Lens


def sides(contrast: Contrast) -> tuple[Side, Side]:
    """Both sides, CX first."""
    return contrast.cx, contrast.ux


def line(voice: Voice, side: Side, contrast: Contrast, *, lens: bool = True) -> str:
    """One side in one sentence, as far as its number of answers allows; `lens` adds "(CX)" to its name."""
    who = capital(side_words(side.lens, contrast.product)) + (f" ({side.lens})" if lens else "")
    score = side.score
    if score is None or score.stage is Stage.HIDDEN:
        return f"{who}: {_hidden(side, contrast)}."
    verdict = voice.bold(score_words.bands(score))
    if score.stage is Stage.WORDS:
        return f"{who}: {verdict}, {answers(score.n)}. A score is shown from {SCORE_FROM}."
    early = ", early" if score.stage is Stage.EARLY and score.can_tell else ""
    rest = f"{_figure(voice, score)}, {score_words.likely(voice, score)}, {score_words.base(side)}"
    return f"{who}{early}: {verdict}, {rest}."


def _hidden(side: Side, contrast: Contrast) -> str:
    if side.instrument is None:
        return "nothing asked yet"
    rule = "" if contrast.state is State.TOO_FEW else f"; scores are shown from {contrast.min_group}"
    return f"{answers(side.heard)}{rule}"


def answers(n: int) -> str:
    """Such as "no answers", "1 answer", "4 answers"."""
    return count(n, "answer") if n else "no answers"


def cards(contrast: Contrast) -> Block:
    """Both sides beside each other, with the same facts on the same lines; without a score, its line."""
    return fields(*(_card(side, contrast) for side in sides(contrast)))


def _card(side: Side, contrast: Contrast) -> str:
    score = side.score
    if score is None or score.value is None:
        return line(MRKDWN, side, contrast)
    early = "early: " if score.stage is Stage.EARLY else ""
    return MRKDWN.lines(
        MRKDWN.bold(capital(side_words(side.lens, contrast.product))),
        f"{side.lens} · {_figure(MRKDWN, score, bold=True)}",
        f"{early}{score_words.bands(score)}",
        score_words.likely(MRKDWN, score),
        score_words.base(side),
    )


def _figure(voice: Voice, score: Score, *, bold: bool = False) -> str:
    """The instrument by name and its score: "NPS +32"."""
    number = score_words.value(voice, score)
    return f"{INSTRUMENTS[score.instrument].name} {voice.bold(number) if bold else number}"


def across(voice: Voice, contrast: Contrast) -> str:
    """What each side says about the other; empty where neither may be shown."""
    said = [part for side in sides(contrast) if (part := _crossing(side, contrast))]
    if not said:
        return ""
    said[0] = said[0].replace(" on ", " comments on ", 1)
    joined = "; ".join(said) if voice.aloud else ". ".join([said[0], *map(capital, said[1:])])
    return f"{voice.bold('Across:')} {joined}."


def _crossing(side: Side, contrast: Contrast) -> str:
    if side.crossing is None:
        return ""
    number = side.crossing.about_other
    about = f"fewer than {contrast.min_group}" if number is None else f"{number:,}"
    other = "the product" if side.lens is Lens.CX else "anything else"
    whose = side_words(side.lens, contrast.product)
    return f"{about} of {side.crossing.comments:,} on {whose} are about {other}"
