"""Writing docs/model-card.md from its template and the figures of a cross-validation."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

from sklearn.metrics import f1_score

from jobs.classification import Classifier, accurate
from jobs.classification.lines import sides
from jobs.classification.model import linear as model
from jobs.classification.model.features import MEASURES
from models.training import agreement, crossval, readings, sets, tone
from models.training.agreement import Said
from models.training.evaluate import (
    SIGNS,
    Judged,
    calibration_error,
    coverage,
    interval,
    macro_f1,
    wrong_sign,
)
from models.training.own_words import own_words
from models.training.sets import Example
from storage.records import Label, Lens, Touchpoint

CARD = Path(__file__).parents[2] / "docs" / "model-card.md"
# Sets whose labels were given to aspects or features of a sentence, not to what it says as a whole.
_BY_PARTS = ("huliu9", "aware_app", "dabrowski_app")
_TEMPLATE = Path(__file__).parent / "model-card.template.md"


def write(found: crossval.Corpus, digest: str) -> None:
    """Measure by family, and write the card of the model with this SHA-256."""
    tones, as_read, topics, pooled = [], [], [], []
    heard: dict[str, Said] = {}
    for family, classifier in crossval.by_family(found):
        for name in family:
            heard |= said(classifier, found.sets[name])
            judged = crossval.judge(classifier, found.sets[name])
            tones.append(tone_row(name, judged))
            if name != sets.STRESS:
                pooled += judged
            if {example.side for example in found.sets[name]} >= set(Lens):  # dabrowski_app knows one only
                topics.append(side_row(f"{name}, its own labels", classifier, found.sets[name]))
            read = [_as_read(example) for example in found.sets[name]]
            if name in _BY_PARTS:
                as_read.append(tone_row(f"{name}, as read", crossval.judge(classifier, read)))
            if name != sets.BENCHMARK and any(example.side for example in read):
                topics.append(side_row(f"{name}, as read", classifier, read))
    held = [line._replace(side=_lens(Touchpoint(line.topic))) for line in found.own if line.held_out]
    topics.append(side_row("our own lines, held out", Classifier.load(), held))
    file = Path(model.__file__).parent / model.FILE
    text = Template(_TEMPLATE.read_text("utf-8")).substitute(
        digest=digest,
        size=round(file.stat().st_size / 1000),
        measures=len(MEASURES),
        teacher=tone.TEACHER_SHARE,
        read=f"{len(readings.all_of_them()):,}",
        own_words=f"{len(dict(own_words())):,}",
        own_lines=f"{len(found.own):,}",
        held=sum(example.held_out for example in found.own),
        shipped=f"{macro_f1(crossval.judge(Classifier.load(), found.sets[sets.BENCHMARK])):.3f}",
        agreement="\n".join(agreement_rows(found, heard)),
        without=", ".join(f"`{name}`" for name in sets.names() if name not in found.sets) or "none",
        figures="\n".join([*tones, tone_row("pooled, without stress_dev", pooled), *as_read]),
        sides="\n".join(topics),
    )
    CARD.parent.mkdir(exist_ok=True)
    CARD.write_text(text, "utf-8")


def tone_row(name: str, judged: Sequence[Judged]) -> str:
    """One row of the table of tones."""
    low, high = interval(judged, macro_f1)
    return (
        f"| {name} | {len(judged)} | {macro_f1(judged):.3f} | {low:.3f} to {high:.3f} "
        f"| {calibration_error(judged):.3f} | {coverage(judged):.2f} | {wrong_sign(judged):.3f} |"
    )


def side_row(name: str, classifier: Classifier, examples: Sequence[Example]) -> str:
    """One row of the table of sides: over all that have a side, and over those with a touchpoint."""
    given = [example.side for example in examples if example.side in set(Lens)]
    found = [
        sides(classifier.classify(example.text))[:1] for example in examples if example.side in set(Lens)
    ]
    with_one = [(side, first[0]) for side, first in zip(given, found, strict=True) if first]
    every = f1_score(given, [first[0] if first else Lens.UX for first in found], average="macro")
    confident = f1_score(*zip(*with_one, strict=True), average="macro")
    return f"| {name} | {len(given)} | {every:.3f} | {confident:.3f} | {len(with_one) / len(given):.2f} |"


def agreement_rows(found: crossval.Corpus, heard: Mapping[str, Said]) -> list[str]:
    """The table of the two readings, with what a classifier `heard` by line that had not learnt from its set.

    The accurate model has learnt from all sets but the benchmark, so that one's lines stand apart too.
    """
    rows = [row for examples in found.sets.values() for row in examples if row.text in heard]
    said_by = {
        "the other reading": {text: agreement.both(text)[1] for text in heard},
        "the labels of the sets": {row.text: Said(row.tone) for row in rows if row.tone is not None},
        "the classifier": heard,
    }
    try:
        strong = Classifier.load(accurate=accurate.load())
        said_by["the accurate model, which has learnt from five of the sets"] = said(strong, rows)
    except accurate.AccurateModelError:
        pass  # it is an extra: without it the table has a row less
    lines = {row.text for row in found.sets[sets.BENCHMARK]}
    alone = {
        f"{sets.BENCHMARK}: {title.partition(',')[0]}": {text: by[text] for text in by if text in lines}
        for title, by in said_by.items()
    }
    return [agreement_row(title, by) for title, by in [*said_by.items(), *alone.items()]]


def agreement_row(title: str, others: Mapping[str, Said]) -> str:
    """One row of that table: agreement with the first reading and with the second, where that is another."""
    readings_of = zip(*map(agreement.both, others), strict=True)
    said_of = tuple(others.values())
    figures = [agreement.agreement(said_of, reading) for reading in readings_of if reading != said_of]
    cells = [" / ".join(f"{value:.2f}" for value in column) for column in zip(*figures, strict=True)]
    if not any(other.side for other in said_of):
        cells[3:] = ["", ""]
    return f"| {title} | {len(others)} | {' | '.join(cells)} |"


def said(classifier: Classifier, examples: Iterable[Example]) -> dict[str, Said]:
    """What a classifier says of those examples that were read twice, by their text."""
    read = (row.text for row in examples if agreement.read_twice(row.text))
    return {text: _said(classifier.classify(text)) for text in read}


def _said(label: Label) -> Said:
    likeliest = max(label.probabilities, key=label.probabilities.__getitem__)
    about = sides(label)
    return Said(
        SIGNS[likeliest] if label.confidence else 0,
        "BOTH" if len(about) > 1 else str(about[0]) if about else "NONE",
    )


def _lens(touchpoint: Touchpoint) -> str:
    return str(touchpoint.lens or "")


def _as_read(example: Example) -> Example:
    """The example with the tone and the side that were read in it; none where both kinds were, or neither."""
    reading = readings.of(example.text)
    lenses = {_lens(touchpoint) for touchpoint in reading.touchpoints} - {""} if reading else set()
    return example._replace(
        tone=readings.sign(reading) if reading else None, side=lenses.pop() if len(lenses) == 1 else ""
    )
