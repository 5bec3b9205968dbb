"""Benchmark of short verdicts: `python -m tests.bench.bench_short`, with `--accurate` for both models.

One table: of each kind of our own short lines how many are read right and how many are turned round, in the
half that the rules were written with and in the half that is kept for judging. `--show` prints what goes
wrong in the first half; nothing prints the second.
"""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from jobs.classification import Classifier, accurate
from models.training.evaluate import SIGNS
from models.training.short_lines import ShortLine, short_lines


def main(*, with_accurate: bool, show: bool) -> None:
    """Measure and print."""
    console = Console(width=110)
    classifier = Classifier.load(accurate=accurate.load() if with_accurate else None)
    lines = short_lines()
    table = Table(title="Short lines: right, and turned round")
    for heading in ("kind", "n", "right", "turned", "kept", "right", "turned"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for kind in (*dict.fromkeys(line.kind for line in lines), ""):
        found = [line for line in lines if not kind or line.kind == kind]
        halves = [[line for line in found if line.kept is kept] for kept in (False, True)]
        if not kind:
            table.add_section()
        cells = [str(cell) for half in halves for cell in (len(half), *figures(classifier, half))]
        table.add_row(kind or "all", *cells)
    console.print(table)
    for line in lines if show else ():
        label = classifier.classify(line.text)
        if not line.kept and SIGNS.get(label.sentiment) != line.tone:
            told = (label.sentiment.value, f"{label.polarity:+}", *label.reasons)
            console.print(f"{line.kind:16} {line.tone:+} {line.text}  [{', '.join(told)}]", markup=False)


def figures(classifier: Classifier, lines: Sequence[ShortLine]) -> tuple[str, str]:
    """The shares that are told as given, and told as the opposite; one that is left open is neither."""
    told = [(line.tone, SIGNS.get(classifier.classify(line.text).sentiment)) for line in lines]
    right = sum(given == said for given, said in told)
    turned = sum(given * (said or 0) < 0 for given, said in told)
    return (f"{right / len(lines):.3f}", f"{turned / len(lines):.3f}") if lines else ("", "")


if __name__ == "__main__":
    main(with_accurate="--accurate" in sys.argv, show="--show" in sys.argv)
