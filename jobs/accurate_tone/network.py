"""The transformer itself. Imported only when it is asked for: its libraries are an extra."""

import hashlib
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from jobs.accurate_tone.pieces import MODEL, TOKENIZER, as_read, within
from jobs.classification.model.linear import Tones


class Network:
    """Gives the scores of negative, neutral and positive of a cleaned text; `version` is that of its file."""

    def __init__(self, folder: Path) -> None:
        packed = (folder / MODEL).read_bytes()
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.version = hashlib.sha256(packed).hexdigest()[:8]
        self._session = ort.InferenceSession(packed, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, text: str) -> Tones:
        """The scores before they are probabilities."""
        row = np.array([within(self._tokenizer.encode(as_read(text)).ids)], dtype=np.int64)
        negative, neutral, positive = self._session.run(None, {"ids": row, "mask": np.ones_like(row)})[0][0]
        return float(negative), float(neutral), float(positive)
