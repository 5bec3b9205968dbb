"""One side in full: its score, how many chose what, and what it was before."""

from jobs.contrast import Contrast, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.report import score_words
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import Voice, capital


def in_full(voice: Voice, side: Side, contrast: Contrast) -> str:
    """Everything that is known of a side's score; empty where there is neither a score nor a word."""
    score = side.score
    if score is None or not score.says_something:
        return ""
    who, name = capital(side_words(side.lens, contrast.product)), INSTRUMENTS[score.instrument].name
    shown = score_words.value(voice, score) or score_words.word(score)
    head = voice.bold(f"{who}: {name} {shown},")
    rest = ", ".join(filter(None, [score_words.likely(voice, score), score_words.base(side)]))
    chose = capital(score_words.classes(voice, score))
    earlier = score_words.before(voice, side)
    return voice.lines(
        f"{head} {rest}." if voice.aloud else f"{head} {rest}",
        f"{chose}." if chose else "",
        score_words.items(voice, score),
        score_words.standing(score),
        f"{earlier}." if earlier else "",
    )
