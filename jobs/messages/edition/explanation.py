"""How a side's figure was made, in sentences: formula, range, word, change, who is in it and who is not."""

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS, Instrument, Scoring
from jobs.messages.edition.formula import formula
from jobs.messages.edition.word_reasons import change, word
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import name_of
from jobs.messages.wording.voice import Voice, answered, capital, count, spelled
from jobs.messages.wording.waiting_words import waiting
from jobs.scoring import Score

_RANGES = {
    Scoring.NET: "Range: 95% adjusted-Wald (Rocks 2016).",
    Scoring.SHARE: "Range: 95% Wilson (1927).",
}
_SEVERAL = "Several answers of one person tell less than those of several people."
_RANGE_OF_MEANS = "Range: 95% Student's t, with two typical answers added."


def explanation(
    voice: Voice, side: Side, product: str, *, min_group: int, zone: str | None
) -> tuple[list[str], str]:
    """Paragraphs about a side's figure as it was made, and a small line with the source of the range.

    `min_group` is the smallest group that was promised. Moments in words are told in `zone`.
    """
    score = side.score
    if score is None or not score.says_something or side.instrument is None:
        return [_nothing(voice, side, product, zone)], ""
    instrument = INSTRUMENTS[score.instrument]
    paragraphs = [
        formula(voice, instrument, side, score),
        _likely(voice, instrument, score),
        word(voice, instrument, side),
        change(voice, instrument, side),
        _who(voice, side, score, min_group, zone),
    ]
    source = _RANGES.get(instrument.scoring, _RANGE_OF_MEANS) if score.likely else ""
    return [said for said in paragraphs if said], source


def _nothing(voice: Voice, side: Side, product: str, zone: str | None) -> str:
    """That there is no score, and what stands before it."""
    head = voice.bold(f"{capital(name_of(side, product))}: no score yet.")
    if side.instrument is None:
        return f"{head} No question about it was asked in the channels that are read."
    return " ".join([head, *(waiting(voice, side.progress, zone) or ["No answers yet."])])


def _likely(voice: Voice, instrument: Instrument, score: Score) -> str:
    """What the range means; why there is none where nearly all answered alike."""
    if score.clipped is not None:
        none = voice.bold("No likely range:")
        return f"{none} nearly all answered alike, and what the others chose is not kept."
    if score.likely is None:
        return ""
    low, high = (score_words.number(voice, instrument, end) for end in (score.likely.low, score.likely.high))
    several = _SEVERAL if score.rounds > 1 else ""
    who = "Other answers" if score.rounds > 1 else f"{score.n:,} other people"
    return " ".join(
        filter(
            None,
            [
                voice.bold(f"Likely {low} to {high}:"),
                f"{who} would have given another number.",
                "A range made this way holds the true score 19 times in 20.",
                several,
            ],
        )
    )


def _who(voice: Voice, side: Side, score: Score, min_group: int, zone: str | None) -> str:
    """Who is counted, once each, when, and what is left out."""
    counted = ""
    if score.counted_at:
        last = "The last round was counted" if score.rounds > 1 else "Counted"
        counted = f"{last} {voice.when(score.counted_at, zone)}; it does not change afterwards."
    others = "without names" if score.named else "with names"
    left_out = ["scores that were withdrawn", f"answers {others}", "questions worded differently"]
    if not score.named:
        left_out.append("people who were counted for the same shortly before")
    return " ".join(
        filter(
            None,
            [
                voice.bold("Who is in it:"),
                _base(side, score),
                counted,
                f"Not in it: {', '.join(left_out)}.",
                f"Groups under {min_group} are never shown.",
            ],
        )
    )


def _base(side: Side, score: Score) -> str:
    if score.rounds > 1:
        rounds = f"{count(score.n, 'answer')} in {spelled(score.rounds)} rounds added up"
        return f"{rounds}; in each round everybody once, with their last answer."
    people = answered(score.n, side.invited).removesuffix(" answered")
    joined = f" in {spelled(score.askings)} askings joined," if score.askings > 1 else ""
    return f"{people} people,{joined} each once, with their last answer."
