"""The accurate extra: a fine-tuned small transformer, run by onnxruntime, that gives the tone's scores.

`pip install -e '.[accurate]'` brings what it needs to run; the default classifier needs none of this.
"""

from jobs.accurate_tone.loading import AccurateModelError, load

__all__ = ["AccurateModelError", "load"]
