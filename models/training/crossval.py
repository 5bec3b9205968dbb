"""Measuring by family: each set is judged by a classifier that learnt from none of its family."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jobs.classification import Classifier
from jobs.classification.lexicon import Lexicon
from jobs.classification.model.linear import LinearModel
from models.training import readings, sets, teacher_labels, tone, topics
from models.training.evaluate import SIGNS, Judged
from models.training.fragments import fragments
from models.training.sets import Example


class Corpus(NamedTuple):
    """Everything that there is to learn from and to measure with."""

    sets: Mapping[str, Sequence[Example]]
    own: Sequence[Example]


def corpus(folder: Path) -> Corpus:
    """The labelled sets of a folder and of the clone, and our own lines.

    Without the sets that neither has. Of our own lines those are left out that stand in the stress lines too,
    and those without a letter: what an emoji says is no matter of learning.
    """
    found = {name: rows for name in sets.names() if (rows := sets.labelled(folder, name))}
    left_out = {"", *(_bare(row.text) for row in found.get(sets.STRESS, ()))}
    return Corpus(found, [line for line in sets.own_lines() if _bare(line.text) not in left_out])


def _bare(text: str) -> str:
    """A text without the marks and capitals in which two writers may differ."""
    return "".join(filter(str.isalnum, text.casefold()))


def learnt_from(found: Corpus, without: Sequence[str] = ()) -> dict[str, Sequence[Example]]:
    """The sets that a model may see: never the benchmark nor the stress lines, nor those named.

    A text of the benchmark that stands in another set too ("Great phone!") is left out there.
    """
    measured = {row.text.casefold() for row in found.sets[sets.BENCHMARK]}
    return {
        name: [row for row in rows if row.text.casefold() not in measured]
        for name, rows in found.sets.items()
        if name not in {*without, sets.BENCHMARK, sets.STRESS}
    }


def table(found: Corpus, without: Sequence[str] = ()) -> dict[str, Any]:
    """The model learnt from all sets that it may see, and from a teacher that saw no more than those."""
    known, taught = learnt_from(found, without), teacher_labels.load(without)
    lessons = [*_labelled(known, found.own, taught), *_unlabelled(known, taught)]
    return {**tone.fit(lessons), "touchpoints": topics.fit(topics.topics(found.own, known))}


def _labelled(
    known: Mapping[str, Sequence[Example]], own: Sequence[Example], taught: teacher_labels.Taught
) -> Iterator[tone.Lesson]:
    """What is known of each text of the sets and of our own lines, mixed with the teacher's word."""
    even = sets.even_topics(own)
    for name, examples in {**known, sets.OWN: own}.items():
        for example in examples:
            target = readings.target(example)
            weight = sets.weight(name, example) * (
                even[example.topic, example.tone] if name == sets.OWN else 1.0
            )
            if weight and target:
                second = None if name == sets.OWN else taught.get(example.text)
                yield tone.Lesson(example.text, tone.mixed(target, second), weight)


def _unlabelled(
    known: Mapping[str, Sequence[Example]], taught: teacher_labels.Taught
) -> Iterator[tone.Lesson]:
    """What the teacher said of texts that have no label of their own."""
    texts = [
        (example.text, weight) for name, weight in sets.UNLABELLED.items() for example in known.get(name, ())
    ]
    texts += [(piece, sets.FRAGMENT_WEIGHT) for _, piece in fragments(known)]
    for text, weight in texts:
        target = taught.get(text)
        if target:
            yield tone.Lesson(text, target, weight)


def classifier(model: Mapping[str, Any]) -> Classifier:
    """The classifier with a model that is not in the file."""
    return Classifier.of(LinearModel.read(model, "cross-validation"), Lexicon.load())


def by_family(found: Corpus) -> Iterator[tuple[Sequence[str], Classifier]]:
    """For each family its sets and a classifier that has seen none of them; the benchmark comes last."""
    for family in (*sets.FAMILIES, (sets.BENCHMARK, sets.STRESS)):
        names = [name for name in family if name in found.sets]
        if names:
            yield names, classifier(table(found, without=family))


def judge(classifier: Classifier, examples: Sequence[Example]) -> list[Judged]:
    """What the classifier says of examples whose tone is given."""
    judged = []
    for example in examples:
        if example.tone is not None:
            label = classifier.classify(example.text)
            likeliest = max(label.probabilities, key=label.probabilities.__getitem__)
            sign = SIGNS[likeliest] if label.confidence else 0
            judged.append(Judged(example.tone, sign, label.confidence, label.sentiment in SIGNS))
    return judged
