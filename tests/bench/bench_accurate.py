"""Benchmark of the accurate model: `python -m tests.bench.bench_accurate FOLDER`, the labelled sets' folder.

One table: the small model and both models together, on the public benchmark and the stress lines, which
neither has learnt from. With a further folder MODEL and names of sets it measures a model of
`models.training.teacher FOLDER MODEL SETS` on these sets, beside a small model that has not seen them either.
Needs the extra `train`, and `pip install -e models/accurate`.
"""

import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jobs.classification import Classifier, accurate
from jobs.classification.lexicon import Lexicon
from jobs.classification.model.linear import LinearModel
from models.training import crossval, sets
from models.training.evaluate import calibration_error, coverage, macro_f1, wrong_sign


def main(folder: Path, home: Path | None = None, *names: str) -> None:
    """Measure and print."""
    found = crossval.corpus(folder)
    model = LinearModel.read(crossval.table(found, without=names), "without") if names else LinearModel.load()
    table = Table(title="Tone: the small model alone, and with the accurate one")
    for heading in ("set", "n", "model", "macro-F1", "gain", "ECE", "told", "wrong sign", "a second"):
        table.add_column(heading, justify="left" if heading in {"set", "model"} else "right")
    readers = [Classifier.of(model, Lexicon.load(), second) for second in (None, accurate.load(home))]
    for name in names or (sets.BENCHMARK, sets.STRESS):
        small = 0.0
        for title, reader in zip(("small", "accurate"), readers, strict=True):
            began = time.process_time()
            judged = crossval.judge(reader, found.sets[name])
            rate = len(judged) / (time.process_time() - began)
            figure = macro_f1(judged)
            small = small or figure
            table.add_row(
                name, str(len(judged)), title, f"{figure:.3f}", f"{figure - small:+.3f}",
                f"{calibration_error(judged):.3f}", f"{coverage(judged):.2f}", f"{wrong_sign(judged):.3f}",
                f"{rate:,.0f}",
            )  # fmt: skip
    Console(width=110).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None, *sys.argv[3:])
