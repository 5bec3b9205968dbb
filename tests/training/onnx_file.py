"""The accurate model as a file that onnxruntime reads, with its weights in eight bits."""

# torch is not there when types are checked.
# mypy: ignore-errors

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from jobs.accurate_tone import MODEL, TOKENIZER


def write(net: nn.Module, tokenizer: Path, home: Path) -> int:
    """Put the model and its tokenizer into a folder; gives the size of the model in bytes."""
    home.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 12, dtype=torch.long)
    length = {0: "texts", 1: "length"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / MODEL
        torch.onnx.export(
            net, (ids, ids), str(whole), input_names=["ids", "mask"], output_names=["scores"],
            dynamic_axes={"ids": length, "mask": length, "scores": {0: "texts"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, home / MODEL, weight_type=QuantType.QInt8, per_channel=True)
    shutil.copyfile(tokenizer, home / TOKENIZER)
    return (home / MODEL).stat().st_size
