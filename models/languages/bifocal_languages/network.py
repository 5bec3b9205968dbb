"""The transformer: runs the weights of the model file with numpy, on as many cores as numpy uses."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bifocal_languages.pieces import Pieces

MODEL = "model.npz"
HEADS = 12
_EPSILON = 1e-12
_BLOCK = 32  # weights of the table of pieces that share a scale


class Scores(NamedTuple):
    """What is said of a text, as scores before they are probabilities.

    `tone`: negative, neutral, positive. `topics`: by the name of the topic.
    """

    tone: tuple[float, float, float]
    topics: Mapping[str, float]


class Network:
    """Reads a text that is already known to be in one of the languages."""

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as table:
            weights = {name: table[name] for name in table.files}
        pieces = weights.pop("pieces").tobytes().decode().split("\n")
        self._cut = Pieces(dict(zip(pieces, weights.pop("piece_scores").tolist(), strict=True)))
        self._topics = weights.pop("topics").tobytes().decode().split("\n")
        self._table, self._steps = weights.pop("table"), weights.pop("table_steps")
        self._weights = weights
        self._layers = 1 + max(int(name.split(".")[0]) for name in weights if name[0].isdigit())

    def __call__(self, text: str) -> Scores:
        """The scores of a cleaned text."""
        negative, neutral, positive, *topics = self._read(self._cut(text)).tolist()
        return Scores((negative, neutral, positive), dict(zip(self._topics, topics, strict=True)))

    def _read(self, ids: list[int]) -> Any:
        """The scores of a row of pieces: first those of the tone, then those of the topics."""
        weights = self._weights
        state = _normed(self._rows(ids) + weights["places"][: len(ids)], weights, "first")
        for number in range(self._layers):
            state = self._layer(state, number)
        return np.concatenate([state.mean(0), state.max(0)]) @ weights["head"] + weights["head_bias"]

    def _rows(self, ids: list[int]) -> Any:
        """What stands for the pieces in the table, where two weights of four bits share a byte."""
        packed = self._table[ids].reshape(len(ids), -1, _BLOCK // 2)
        halves = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
        return (halves * self._steps[ids, :, None].astype(np.float32)).reshape(len(ids), -1)

    def _layer(self, state: Any, number: int) -> Any:
        mixed = self._linear(state, f"{number}.mix").reshape(len(state), 3 * HEADS, -1).swapaxes(0, 1)
        asked, offered, carried = np.split(mixed, 3)
        heard = _shares(asked @ offered.swapaxes(1, 2) / asked.shape[2] ** 0.5) @ carried
        told = self._linear(heard.swapaxes(0, 1).reshape(state.shape), f"{number}.out")
        state = _normed(state + told, self._weights, f"{number}.mid")
        wide = _bent(self._linear(state, f"{number}.up"))
        return _normed(state + self._linear(wide, f"{number}.down"), self._weights, f"{number}.end")

    def _linear(self, state: Any, name: str) -> Any:
        """Weights stay in eight bits: to unpack them is as fast as to fetch four times as much."""
        weights = self._weights
        return state @ weights[name].astype(np.float32) * weights[f"{name}.step"] + weights[f"{name}_bias"]


def _normed(state: Any, weights: Mapping[str, Any], name: str) -> Any:
    centred = state - state.mean(1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(1, keepdims=True) + _EPSILON)
    return centred / spread * weights[f"{name}.scale"] + weights[f"{name}.bias"]


def _shares(scores: Any) -> Any:
    grown = np.exp(scores - scores.max(-1, keepdims=True))
    return grown / grown.sum(-1, keepdims=True)


def _bent(state: Any) -> Any:
    """GELU, in the form with tanh."""
    return 0.5 * state * (1 + np.tanh(0.7978845608 * (state + 0.044715 * state * state * state)))
