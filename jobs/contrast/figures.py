"""A contrast as JSON: the figures of a posted edition, and back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from jobs.contrast.record import Contrast
from storage.records import Quote

_FIGURES = TypeAdapter(Contrast)


def to_json(contrast: Contrast) -> dict[str, Any]:
    """The contrast as a JSON object, without its quote.

    What people wrote is kept once, in the edition's quotes, where it can be erased.
    """
    figures: dict[str, Any] = _FIGURES.dump_python(replace(contrast, quote=None), mode="json")
    return figures


def from_json(figures: Mapping[str, object], quotes: Sequence[Quote] = ()) -> Contrast:
    """The contrast of an edition, with its first quote; raises ValueError for anything else."""
    contrast = _FIGURES.validate_python(dict(figures))
    return replace(contrast, quote=quotes[0] if quotes else None)
