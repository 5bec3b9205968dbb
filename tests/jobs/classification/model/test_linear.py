import bz2
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from jobs.classification.model import linear
from jobs.classification.model.features import AFTER, BEFORE, MEASURES, gram_value
from jobs.classification.model.findings import look_up
from jobs.classification.model.linear import CHECKSUM, FILE, HOME, LinearModel, ModelError, softmax
from jobs.classification.model.word_index import WordIndex
from jobs.classification.words.tokens import negated, numberless, turn, words
from models.training.grams import grams

PACKED = (HOME / FILE).read_bytes()
TABLE = json.loads(bz2.decompress(PACKED))
TEXTS = [
    "It isn't great, but the support team was very helpful!",
    "Great, another outage",
    "I waited 40 minutes. Not one reply, not one.",
    "good good good but not good",
    "? ! .",
    "",
]


def spelled_out(text: str) -> tuple[float, float]:
    """What the grams add to negative and positive, by the trainer's own list of them."""
    weights: dict[str, Sequence[int]] = {}
    for word, (plain, negated_, pairs) in TABLE["words"].items():
        weights |= {word: plain, f"!{word}": negated_}
        weights |= {f"{word} {after}": pair for after, pair in pairs.items()}
    tokens = numberless(words(text))
    at = turn(tokens)
    shares = [(BEFORE if place < at else AFTER) if at else 1.0 for place in range(len(tokens))] * 2
    found = [
        (weights.get(gram) or (0, 0), share)
        for gram, share in zip(grams(tokens, negated(tokens)), shares, strict=True)
    ]
    value = gram_value(len(tokens)) * TABLE["step"]
    return sum(pair[0] * share for pair, share in found) * value, sum(
        pair[1] * share for pair, share in found
    ) * value


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_scored_by_the_grams_it_has(model: LinearModel, text: str) -> None:
    """The quick look-up word by word gives what the trainer's grams give."""
    tokens = words(text)
    found = look_up(tokens, WordIndex(model.words, {}))
    scores = model.score(found.known, found.turn, len(tokens), [0.0] * len(MEASURES))
    down, up = spelled_out(text)
    start = model.intercept
    assert scores == pytest.approx((start[0] + down, start[1] - down - up, start[2] + up))


def test_the_file_is_small_and_known() -> None:
    """The model is under 1 MB, and its SHA-256 is written down beside it and in the model card."""
    digest = hashlib.sha256(PACKED).hexdigest()
    assert len(PACKED) < 1_000_000
    assert (HOME / CHECKSUM).read_text("ascii").strip() == digest
    assert digest in (Path(__file__).parents[4] / "docs" / "model-card.md").read_text("utf-8")


def test_the_model_measures_what_is_measured(model: LinearModel) -> None:
    """There is a weight for each measure."""
    assert len(model.down) == len(model.up) == len(MEASURES)


def test_a_damaged_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model file with another checksum is not used."""
    (tmp_path / FILE).write_bytes(PACKED + b"\0")
    (tmp_path / CHECKSUM).write_text("0" * 64, "ascii")
    monkeypatch.setattr(linear, "HOME", tmp_path)
    with pytest.raises(ModelError, match="damaged"):
        LinearModel.load()


def test_softmax() -> None:
    """Probabilities sum to one, a higher temperature makes them more alike, and large scores do no harm."""
    assert softmax([0.0, 0.0, 0.0], 1.0) == [0.333, 0.333, 0.333]
    assert sum(softmax([1000.0, 0.0, -1000.0], 1.0)) == 1
    assert max(softmax([2.0, 0.0, 0.0], 2.0)) < max(softmax([2.0, 0.0, 0.0], 1.0))
