"""The accurate extra: a fine-tuned small transformer, run by onnxruntime, that gives the tone's scores.

It is not in the repository (23 MB): `python -m tests.training.teacher` makes it in a folder, and a setting
names that folder. `pip install -e '.[accurate]'` brings what it needs to run. The default classifier needs
none of this.
"""

from collections.abc import Callable
from pathlib import Path

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
_MOST, _HEAD = 48, 30

Scores = tuple[float, float, float]  # negative, neutral, positive


class AccurateModelError(RuntimeError):
    """The accurate model cannot be used; the message says what to do."""


def load(folder: Path) -> Callable[[str], Scores]:
    """What reads a plain text and gives the scores of negative, neutral and positive.

    Raises:
        AccurateModelError: onnxruntime and tokenizers are not installed, or the folder holds no such model.
    """
    try:
        import numpy as np  # noqa: PLC0415 - an extra: only who asks for it pays for it
        import onnxruntime as ort  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise AccurateModelError(
            "the accurate model needs its extra: pip install -e '.[accurate]'"
        ) from error
    missing = [name for name in (MODEL, TOKENIZER) if not (folder / name).is_file()]
    if missing:
        raise AccurateModelError(f"{folder} holds no {missing[0]}: make the accurate model there first")
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def scores(text: str) -> Scores:
        ids = within(tokenizer.encode(as_read(text)).ids)
        row = np.array([ids], dtype=np.int64)
        found = session.run(None, {"ids": row, "mask": np.ones_like(row)})[0][0]
        return float(found[0]), float(found[1]), float(found[2])

    return scores


def as_read(text: str) -> str:
    """A cleaned text with emoticons for its words for emoji, as the transformer learnt it."""
    return text.replace("emojigood", ":)").replace("emojibad", ":(")


def within(ids: list[int]) -> list[int]:
    """The ids of a text that is not too long: the first 30 and the last 18 of a longer one."""
    return ids if len(ids) <= _MOST else [*ids[:_HEAD], *ids[_HEAD - _MOST :]]
