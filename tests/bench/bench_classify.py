"""Benchmark of the classifier: `python -m tests.bench.bench_classify [FOLDER]`, the sets not in the clone.

One table: Bifocal, TextBlob and VADER on each set. Bifocal is measured by family: the model that judges a
set has learnt from none of its family, and no model has learnt from vader_amazon. Then speed on one core,
start-up and memory.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from jobs.classification import Classifier
from models.training import crossval, sets
from models.training.evaluate import Judged, calibration_error, coverage, interval, macro_f1, wrong_sign
from models.training.sets import Example

ROUNDS, ROUND = 5, 200  # how often the sample is read, and how much of it before the next reader's turn
SAMPLE = 2_000
_VADER_BORDER = 0.05  # VADER's own borders of neutral

# Bifocal as it is installed, without the trainer's libraries: NLTK imports them where it finds them.
_PLAIN = (
    "import sys, time; sys.modules.update(dict.fromkeys(['sklearn', 'numpy', 'scipy', 'matplotlib'])); "
    "began = time.perf_counter(); "
)
_REPORT = (
    "; print(time.perf_counter() - began, "
    "next(int(line.split()[1]) / 1024 for line in open('/proc/self/status') if line.startswith('VmHWM')))"
)
_STARTS = {
    "TextBlob": "from textblob import TextBlob; TextBlob('x').sentiment",
    "Bifocal": "from jobs.classification import Classifier; Classifier.load().classify('It is great')",
}


def main(folder: Path) -> None:
    """Measure everything and print it."""
    console = Console(width=110)
    found = crossval.corpus(folder)
    console.print(speed(Classifier.load(), found))  # first: training leaves a large heap behind
    console.print(accuracy(found))
    console.print(length(Classifier.load()))
    console.print(start())


def accuracy(found: crossval.Corpus) -> Table:
    """Macro-F1 of the three, and what the probabilities of ours are worth, per set and over all."""
    table = Table(
        title="Tone by set: macro-F1 (95 % interval), calibration error, wrong sign among those told"
    )
    for heading in ("set", "n", "Bifocal", "interval", "TextBlob", "VADER", "ECE", "told", "wrong sign"):
        table.add_column(heading, justify="left" if heading == "set" else "right")
    vader = SentimentIntensityAnalyzer()
    pooled: list[Judged] = []
    scores: list[tuple[float, float, float]] = []
    families = len(sets.FAMILIES) + 1
    for family, classifier in track(
        crossval.by_family(found), total=families, description="sets", transient=True
    ):
        for name in family:
            examples = [example for example in found.sets[name] if example.tone is not None]
            ours = crossval.judge(classifier, examples)
            low, high = interval(ours, macro_f1)
            three = (
                macro_f1(ours),
                macro_f1(_signs(examples, textblob)),
                macro_f1(_signs(examples, vader_sign(vader))),
            )
            table.add_row(
                name, str(len(ours)), f"{three[0]:.3f}", f"{low:.3f} to {high:.3f}",
                f"{three[1]:.3f}", f"{three[2]:.3f}",
                f"{calibration_error(ours):.3f}", f"{coverage(ours):.2f}", f"{wrong_sign(ours):.3f}",
            )  # fmt: skip
            if name != sets.STRESS:
                pooled += ours
                scores.append(three)
    means = [statistics.mean(column) for column in zip(*scores, strict=True)]
    table.add_section()
    table.add_row(
        "mean, pooled", str(len(pooled)), f"{means[0]:.3f}", "", f"{means[1]:.3f}", f"{means[2]:.3f}",
        f"{calibration_error(pooled):.3f}", f"{coverage(pooled):.2f}", f"{wrong_sign(pooled):.3f}",
    )  # fmt: skip
    return table


def textblob(text: str) -> int:
    """TextBlob's own answer: the sign of its polarity."""
    polarity: float = TextBlob(text).sentiment.polarity
    return (polarity > 0) - (polarity < 0)


def vader_sign(analyzer: SentimentIntensityAnalyzer) -> Callable[[str], int]:
    """VADER's own answer, with its authors' borders; long texts are cut, it is quadratic in length."""

    def sign(text: str) -> int:
        compound: float = analyzer.polarity_scores(text[:2_000])["compound"]
        return (compound >= _VADER_BORDER) - (compound <= -_VADER_BORDER)

    return sign


def _signs(examples: Sequence[Example], sign: Callable[[str], int]) -> list[Judged]:
    return [
        Judged(example.tone, sign(example.text), 1.0, told=True)
        for example in examples
        if example.tone is not None
    ]


def speed(classifier: Classifier, found: crossval.Corpus) -> Table:
    """Comments a second on one core; the ratio is the median of short rounds, in each the three in turn.

    The machine is shared: what it does beside this is alike within a round and not between rounds.
    """
    texts = [example.text for example in found.sets[sets.BENCHMARK]][:SAMPLE]
    vader = SentimentIntensityAnalyzer()
    readers: dict[str, Callable[[str], object]] = {
        "Bifocal, tone and touchpoints": classifier.classify,
        "TextBlob, tone": lambda text: TextBlob(text).sentiment,
        "VADER, tone": vader.polarity_scores,
    }
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for at in range(0, ROUNDS * len(texts), ROUND):
        part = texts[at % len(texts) :][:ROUND]
        for name, read in readers.items():
            began = time.process_time()
            for text in part:
                read(text)
            rates[name].append(len(part) / (time.process_time() - began))
    table = Table(title=f"Comments a second on one core ({len(texts)} of {sets.BENCHMARK}, CPU time, median)")
    table.add_column("reader")
    table.add_column("a second", justify="right")
    table.add_column("times TextBlob", justify="right")
    base = rates["TextBlob, tone"]
    for name, measured in rates.items():
        ratio = statistics.median(rate / other for rate, other in zip(measured, base, strict=True))
        table.add_row(name, f"{statistics.median(measured):,.0f}", f"{ratio:.2f}")
    return table


def length(classifier: Classifier) -> Table:
    """What a very long comment costs beside a long one."""
    table = Table(title="Milliseconds for one comment by its length, best of 9")
    for heading in ("characters", "ms"):
        table.add_column(heading, justify="right")
    sentence = "The export is slow, but <https://example.com|support> was *great* :tada: &amp; quick. "
    for size in (200, 2_000, 20_000, 100_000):
        text = (sentence * (size // len(sentence) + 1))[:size]
        taken = []
        for _ in range(9):
            began = time.perf_counter()
            classifier.classify(text)
            taken.append(time.perf_counter() - began)
        table.add_row(f"{size:,}", f"{min(taken) * 1000:.2f}")
    return table


def start() -> Table:
    """A fresh process: import and first classification, and the memory it then holds."""
    table = Table(
        title="A fresh process: import and first classification, best of 7, without the trainer's libraries"
    )
    for heading in ("reader", "seconds", "times TextBlob", "MB", "MB more"):
        table.add_column(heading, justify="left" if heading == "reader" else "right")
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in _STARTS}
    for _ in range(7):
        for name, code in _STARTS.items():
            said = subprocess.run(  # noqa: S603 - our own words
                [sys.executable, "-c", _PLAIN + code + _REPORT], check=True, capture_output=True, text=True
            )
            seconds, memory = map(float, said.stdout.split())
            runs[name].append((seconds, memory))
    best = {name: tuple(map(min, zip(*measured, strict=True))) for name, measured in runs.items()}
    for name, (seconds, memory) in best.items():
        base_seconds, base_memory = best["TextBlob"]
        table.add_row(
            name,
            f"{seconds:.3f}",
            f"{seconds / base_seconds:.2f}",
            f"{memory:.1f}",
            f"{memory - base_memory:+.1f}",
        )
    return table


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else sets.FETCHED)
