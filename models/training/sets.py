"""The labelled sets and our own example lines, as examples to learn from or to measure with."""

import bz2
import csv
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LINES = Path(__file__).parent / "lines"
SHIPPED = Path(__file__).parent / "data"  # the sets that may be shipped, packed
FETCHED = Path(__file__).parents[2] / "build" / "sets"  # where `fetch_data` puts the others
TONES = {"negative": -1, "neutral": 0, "positive": 1}

# What each set weighs in training. movie_sents has no weight of its own: what is learnt of it is the word of
# the teacher. vader_amazon is the public benchmark and stress_dev a test: never learnt.
WEIGHTS = {
    "huliu9": 1.0,
    "uci_amazon": 1.0,
    "uci_yelp": 1.0,
    "uci_imdb": 0.7,
    "aware_app": 0.5,
    "dabrowski_app": 0.5,
    "urr_app_stars": 1.0,
    "senti4sd_so": 0.4,
}
OWN = "own lines"
# Our own lines by their folder: comments as in a survey are what the classifier reads, and no set has them.
OWN_WEIGHTS = {"comments": 1.5, "reviews": 0.7}

# Texts whose own labels are not learnt, only what the teacher says of them.
UNLABELLED = {"movie_sents": 0.3}
FRAGMENT_WEIGHT = 0.5

# Sets of one source are one family: when one is measured, none of them is learnt from.
FAMILIES = (
    ("huliu9",),
    ("uci_amazon",),
    ("uci_yelp", "uci_imdb"),
    ("aware_app",),
    ("dabrowski_app", "urr_app_stars"),
    ("senti4sd_so",),
)
# What another teacher has not seen: it teaches the models that must not know one of these families.
HELD_BACK = {
    "reviews": ("huliu9", "uci_amazon", "uci_yelp", "uci_imdb"),
    "apps": ("aware_app", "dabrowski_app", "urr_app_stars"),
    "code": ("senti4sd_so",),
}
BENCHMARK, STRESS = "vader_amazon", "stress_dev"


class Example(NamedTuple):
    """A text with its tone (-1, 0, 1), side and topic where known, and where it comes from.

    `kind` is the phenomenon of a line of our own or of a stress line, `like` says what a line of our own
    reads like, a folder of `lines`; `held_out` lines are for measuring only.
    """

    text: str
    tone: int | None
    side: str = ""
    topic: str = ""
    kind: str = ""
    like: str = ""
    held_out: bool = False


def names() -> list[str]:
    """All sets that are learnt from or measured with."""
    return [*(name for family in FAMILIES for name in family), *UNLABELLED, BENCHMARK, STRESS]


def content(folder: Path, name: str) -> bytes | None:
    """The bytes of a set's file: the folder's, else those in the clone; None where neither has it."""
    file, packed = folder / f"{name}.tsv", SHIPPED / f"{name}.tsv.bz2"
    if file.exists():
        return file.read_bytes()
    return bz2.decompress(packed.read_bytes()) if packed.exists() else None


def labelled(folder: Path, name: str) -> list[Example]:
    """The rows of one set, in the order of its file; none where neither the folder nor the clone has it."""
    lines = (content(folder, name) or b"").decode().split("\n")
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Example(
            text=row["text"],
            tone=int(row["label"]) if row["label"] else None,
            side=row["topic"],
            topic=row["group"].rpartition("|")[2],
            kind=row["group"] if name == STRESS else "",
        )
        for row in rows
    ]


def own_lines() -> list[Example]:
    """The example lines written for this project; every fifth, chosen by its checksum, is held out."""
    return [example for path in sorted(LINES.glob("*/*.txt")) for example in _read(path)]


def _read(path: Path) -> Iterator[Example]:
    heading: tuple[str, str, str] = ("", "", "")
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("== "):
            topic, tone, kind = line.removeprefix("== ").split()
            contrast, _, outcome = kind.partition("-")
            heading = (topic, outcome, contrast) if tone == "mixed" else (topic, tone, kind)
        elif line and not line.startswith("# "):
            topic, tone, kind = heading
            held_out = zlib.crc32(line.encode()) % 5 == 0
            yield Example(line, TONES[tone], topic=topic, kind=kind, like=path.parent.name, held_out=held_out)


def weight(name: str, example: Example) -> float:
    """What one example of a set weighs in training; 0 leaves it out."""
    if example.held_out:
        return 0.0
    return OWN_WEIGHTS[example.like] if name == OWN else WEIGHTS.get(name, 0.0)


def even_topics(own: Sequence[Example]) -> dict[tuple[str, int | None], float]:
    """What a line weighs by its topic and tone, so that praise and blame of each topic weigh the same.

    Without it a word like "support" would be blame in itself, because more complaints than praise were
    written.
    """
    counts = Counter((line.topic, line.tone) for line in own if not line.held_out)
    fewer = {topic: min(counts[topic, -1], counts[topic, 1]) for topic, _ in counts}
    return {
        (topic, tone): fewer[topic] / counts[topic, tone] if tone and counts[topic, tone] else 1.0
        for topic in fewer
        for tone in (-1, 0, 1)
    }
