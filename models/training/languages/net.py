"""The network as torch learns it, and as the file that numpy reads."""

# torch is not there when types are checked.
# mypy: ignore-errors

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as fn

from bifocal_languages.network import HEADS, MODEL
from bifocal_languages.pieces import FIRST, MOST
from models.training.languages.base_weights import LAYERS, WIDE, WIDTH, Base, unpacked

FROZEN = 6  # layers that do not learn: what languages have in common is in them
_EPSILON = 1e-12
_LEFT_OUT = 0.1
_LARGEST = 127


class Layer(nn.Module):
    """One layer of the base. Its weights are kept as `state @ weight`."""

    def __init__(self, base: Base, number: int) -> None:
        super().__init__()

        def weight(name: str, width: int = WIDTH) -> torch.Tensor:
            return torch.tensor(base.matrix(f"l{number}.{name}.w", width).T.copy())

        def bias(name: str) -> torch.Tensor:
            return torch.tensor(base.numbers(f"l{number}.{name}"))

        parts = {
            "mix": torch.cat([weight(part) for part in "qkv"], dim=1),
            "mix_bias": torch.cat([bias(f"{part}.b") for part in "qkv"]),
            "out": weight("ao"),
            "out_bias": bias("ao.b"),
            "mid_scale": bias("aln.w"),
            "mid_bias": bias("aln.b"),
            "up": weight("fi"),
            "up_bias": bias("fi.b"),
            "down": weight("fo", WIDE),
            "down_bias": bias("fo.b"),
            "end_scale": bias("oln.w"),
            "end_bias": bias("oln.b"),
        }
        for name, value in parts.items():
            self.register_parameter(name, nn.Parameter(value))

    def forward(self, state: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The state of each piece after the layer."""
        texts, length, _ = state.shape
        mixed = (state @ self.mix + self.mix_bias).view(texts, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        heard = fn.scaled_dot_product_attention(*mixed, attn_mask=mask[:, None, None, :])
        told = heard.transpose(1, 2).reshape(state.shape) @ self.out + self.out_bias
        state = self._normed(state + self._left_out(told), self.mid_scale, self.mid_bias)
        wide = fn.gelu(state @ self.up + self.up_bias, approximate="tanh")
        told = wide @ self.down + self.down_bias
        return self._normed(state + self._left_out(told), self.end_scale, self.end_bias)

    def _left_out(self, value: torch.Tensor) -> torch.Tensor:
        return fn.dropout(value, _LEFT_OUT, self.training)

    @staticmethod
    def _normed(value: torch.Tensor, scale: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        return fn.layer_norm(value, (WIDTH,), scale, bias, _EPSILON)


class Net(nn.Module):
    """The base with a linear head on the mean and the maximum of its last layer: tone and topics."""

    def __init__(self, base: Base, kept: Sequence[int], topics: Sequence[str]) -> None:
        super().__init__()
        steps, packed = base.packed("emb.word")
        self.steps, self.packed, self.topics = steps[kept], packed[kept], topics
        self.pieces = [(base.pieces[at], float(base.scores[at])) for at in kept[FIRST:]]
        self.table = torch.tensor(unpacked(self.steps, self.packed))
        places = base.numbers("emb.pos").reshape(-1, WIDTH) + base.numbers("emb.type")[:WIDTH]
        self.places = torch.tensor(places[:MOST])
        self.first_scale = nn.Parameter(torch.tensor(base.numbers("emb.ln.w")))
        self.first_bias = nn.Parameter(torch.tensor(base.numbers("emb.ln.b")))
        self.layers = nn.ModuleList(Layer(base, number) for number in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, 3 + len(topics))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def lower(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The states after the layers that do not learn."""
        state = self.table[ids] + self.places[: ids.shape[1]]
        state = fn.layer_norm(state, (WIDTH,), self.first_scale, self.first_bias, _EPSILON)
        for layer in self.layers[:FROZEN]:
            state = layer(state, mask)
        return state

    def forward(self, state: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The scores of the texts, out of the states after the lower layers."""
        for layer in self.layers[FROZEN:]:
            state = layer(state, mask)
        wide, state = mask.unsqueeze(-1), state.float()
        mean = (state * wide).sum(1) / wide.sum(1)
        top = state.masked_fill(~wide, -1e4).max(1)[0]
        return self.head(fn.dropout(torch.cat([mean, top], 1), _LEFT_OUT, self.training))

    def learning(self) -> list[nn.Parameter]:
        """What learns: the upper layers and the head; the rest is frozen."""
        for value in self.parameters():
            value.requires_grad_(False)
        found = [*self.layers[FROZEN:].parameters(), *self.head.parameters()]
        for value in found:
            value.requires_grad_(True)
        return found


def write(net: Net, folder: Path, temperature: float, shift: float) -> int:
    """Put the network into a folder, eight bits a weight; gives the size in bytes.

    The scores of the tone are divided by `temperature`, then `shift` is added to that of neutral.
    """
    head, bias = net.head.weight.detach().numpy().T.copy(), net.head.bias.detach().numpy().copy()
    head[:, :3], bias[:3] = head[:, :3] / temperature, bias[:3] / temperature
    bias[1] += shift
    pieces, scores = zip(*net.pieces, strict=True)
    arrays: dict[str, Any] = {
        "pieces": _text("\n".join(pieces)),
        "piece_scores": np.array(scores, np.float32),
        "topics": _text("\n".join(net.topics)),
        "table": net.packed.reshape(len(net.packed), -1),
        "table_steps": net.steps,
        "places": net.places.numpy(),
        "first.scale": net.first_scale.detach().numpy(),
        "first.bias": net.first_bias.detach().numpy(),
        "head": head,
        "head_bias": bias,
    }
    for number, layer in enumerate(net.layers):
        arrays |= _packed(number, {name: value.detach().numpy() for name, value in layer.named_parameters()})
    np.savez(folder / MODEL, **arrays)
    return (folder / MODEL).stat().st_size


def _packed(number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """The arrays of a layer by their names in the file; a matrix is whole numbers and a step a column."""
    arrays: dict[str, Any] = {}
    for name, value in values.items():
        place, _, part = name.partition("_")
        plain = f"{number}.{place}.{part}" if place in {"mid", "end"} else f"{number}.{name}"
        if value.ndim == 1:
            arrays[plain] = value
            continue
        step = np.abs(value).max(axis=0) / _LARGEST
        arrays[plain] = np.rint(value / step).astype(np.int8)
        arrays[f"{plain}.step"] = step.astype(np.float32)
    return arrays


def _text(text: str) -> Any:
    return np.frombuffer(text.encode(), np.uint8)
