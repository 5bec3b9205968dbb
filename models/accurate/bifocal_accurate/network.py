"""The transformer: runs a model file with onnxruntime on one core."""

import hashlib
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from bifocal_accurate.pieces import MODEL, TOKENIZER, as_read, within


class Network:
    """Gives the scores of negative, neutral and positive of a cleaned text.

    `version` is that of the model file: the first eight hex digits of its SHA-256.
    """

    def __init__(self, folder: Path) -> None:
        content = (folder / MODEL).read_bytes()
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.version = hashlib.sha256(content).hexdigest()[:8]
        self._session = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, text: str) -> tuple[float, float, float]:
        """The three scores, before they are probabilities."""
        row = np.array([within(self._tokenizer.encode(as_read(text)).ids)], dtype=np.int64)
        negative, neutral, positive = self._session.run(None, {"ids": row, "mask": np.ones_like(row)})[0][0]
        return float(negative), float(neutral), float(positive)
