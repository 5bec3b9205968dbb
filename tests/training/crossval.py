"""Measuring by family: each set is judged by a classifier that learnt from none of its family."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jobs.classification import Classifier
from jobs.classification.lexicon import Lexicon
from jobs.classification.model import Model
from tests.training import sets, teacher_labels, tone, topics
from tests.training.evaluate import SIGNS, Judged
from tests.training.sets import Example


class Corpus(NamedTuple):
    """Everything that there is to learn from and to measure with."""

    sets: Mapping[str, Sequence[Example]]
    own: Sequence[Example]


def corpus(folder: Path) -> Corpus:
    """The labelled sets of a folder and our own lines."""
    names = [*(name for family in sets.FAMILIES for name in family), sets.BENCHMARK, sets.STRESS]
    return Corpus({name: sets.labelled(folder, name) for name in names}, sets.own_lines())


def table(found: Corpus, without: Sequence[str] = ()) -> dict[str, Any]:
    """The model learnt from all sets but the benchmark, the stress lines and those named."""
    taught = teacher_labels.load(without)
    lessons = [
        tone.Lesson(example.text, tone.target(example.tone, taught.get(example.text)), weight)
        for name, examples in {**found.sets, sets.OWN: found.own}.items()
        if name not in without
        for example in examples
        if (weight := sets.weight(name, example)) and example.tone is not None
    ]
    known = {name: examples for name, examples in found.sets.items() if name not in without}
    return {**tone.fit(lessons), "touchpoints": topics.fit(topics.topics(found.own, known))}


def classifier(model: Mapping[str, Any]) -> Classifier:
    """The door with a model that is not in the file."""
    return Classifier.of(Model.read(model, "cross-validation"), Lexicon.load())


def by_family(found: Corpus) -> Iterator[tuple[Sequence[str], Classifier]]:
    """For each family, the names of its sets and a classifier that has seen none of them; the benchmark comes last."""
    for family in (*sets.FAMILIES, (sets.BENCHMARK, sets.STRESS)):
        yield family, classifier(table(found, without=family))


def judge(door: Classifier, examples: Sequence[Example]) -> list[Judged]:
    """What the door says of examples whose tone is given."""
    judged = []
    for example in examples:
        if example.tone is not None:
            label = door.classify(example.text)
            likeliest = max(label.probabilities, key=label.probabilities.__getitem__)
            sign = SIGNS[likeliest] if label.confidence else 0
            judged.append(Judged(example.tone, sign, label.confidence, label.sentiment in SIGNS))
    return judged
