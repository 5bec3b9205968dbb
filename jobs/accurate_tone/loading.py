"""Loading the accurate model, or saying what is missing."""

from pathlib import Path

from jobs.accurate_tone.pieces import MODEL, TOKENIZER
from jobs.classification.sentiment import SecondReader

HOME = Path(__file__).parent


class AccurateModelError(RuntimeError):
    """The accurate model cannot be used; the message says what to do."""


def load(folder: Path = HOME) -> SecondReader:
    """What reads a plain text and gives the scores of negative, neutral and positive.

    Raises:
        AccurateModelError: onnxruntime and tokenizers are not installed, or the folder holds no such model.
    """
    try:
        from jobs.accurate_tone.network import Network  # noqa: PLC0415 - an extra: who asks for it pays for it
    except ImportError as error:
        raise AccurateModelError(
            "the accurate model needs its extra: pip install -e '.[accurate]'"
        ) from error
    missing = [name for name in (MODEL, TOKENIZER) if not (folder / name).is_file()]
    if missing:
        raise AccurateModelError(f"the accurate model is not whole, {missing[0]} is not in {folder}")
    return Network(folder)
