"""The accurate model as a file that onnxruntime reads: eight bits a weight, only words that it has met."""

# torch and onnx are not there when types are checked.
# mypy: ignore-errors

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from jobs.accurate_tone.pieces import MODEL, TOKENIZER

SEEN = 2  # a piece of a word is kept when it was met at least so often


def write(net: nn.Module, tokenizer: Path, home: Path, rows: Iterable[Sequence[int]]) -> int:
    """Put the model and its tokenizer into a folder; gives the size of the model in bytes.

    `rows` are the ids of what it has learnt from: pieces that are in none of them are left out. The table of
    pieces is half of the network, and what was never met has learnt nothing.
    """
    home.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 12, dtype=torch.long)
    length = {0: "texts", 1: "length"}
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / MODEL
        torch.onnx.export(
            net, (ids, ids), str(whole), input_names=["ids", "mask"], output_names=["scores"],
            dynamic_axes={"ids": length, "mask": length, "scores": {0: "texts"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
        shrink(Path(folder), tokenizer, home, rows)
    return (home / MODEL).stat().st_size


def shrink(folder: Path, tokenizer: Path, home: Path, rows: Iterable[Sequence[int]]) -> None:
    """Write the model of a folder, and its tokenizer, with only the pieces that the rows hold."""
    table = json.loads(tokenizer.read_text("utf-8"))
    pieces: dict[str, int] = table["model"]["vocab"]
    met = Counter(number for row in rows for number in row)
    special = {token["content"] for token in table["added_tokens"]}
    kept = [
        (piece, old)
        for piece, old in sorted(pieces.items(), key=lambda each: each[1])
        if piece in special or met[old] >= SEEN or len(piece.removeprefix("##")) == 1
    ]
    new = {piece: at for at, (piece, _) in enumerate(kept)}
    model = onnx.load(folder / MODEL)
    for tensor in model.graph.initializer:
        if tensor.dims and tensor.dims[0] == len(pieces):
            chosen = numpy_helper.to_array(tensor)[[old for _, old in kept]]
            tensor.CopyFrom(numpy_helper.from_array(chosen, tensor.name))
    onnx.save(model, home / MODEL)
    table["model"]["vocab"] = new
    for token in table["added_tokens"]:
        token["id"] = new[token["content"]]
    for token in table["post_processor"]["special_tokens"].values():
        token["ids"] = [new[piece] for piece in token["tokens"]]
    (home / TOKENIZER).write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")), "utf-8")
