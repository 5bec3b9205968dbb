"""The accurate model as a file that onnxruntime reads: eight bits a weight, only English pieces of words."""

# torch and onnx are not there when types are checked.
# mypy: ignore-errors

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from bifocal_accurate.pieces import MODEL, TOKENIZER
from models.training import word_pieces


def write(net: nn.Module, tokenizer: Path, home: Path, rows: Iterable[Sequence[int]]) -> int:
    """Put the model and its tokenizer into a folder; gives the size of the model in bytes.

    `rows` are the ids of what it has learnt from: a piece of another script is kept only where one holds it.
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
    """Write the model of a folder, and its tokenizer, with only the pieces that `word_pieces` keeps."""
    table = json.loads(tokenizer.read_text("utf-8"))
    numbers = word_pieces.kept(table, {number for row in rows for number in row})
    model = onnx.load(folder / MODEL)
    for tensor in model.graph.initializer:
        if tensor.dims and tensor.dims[0] == len(table["model"]["vocab"]):
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor)[numbers], tensor.name))
    onnx.save(model, home / MODEL)
    fewer = word_pieces.renumbered(table, numbers)
    (home / TOKENIZER).write_text(json.dumps(fewer, ensure_ascii=False, separators=(",", ":")), "utf-8")
