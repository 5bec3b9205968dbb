"""What a comment says: its tone and its touchpoints. `Classifier` is the one door."""

from jobs.classification.classifier import Classifier
from jobs.classification.lexicon_file import LexiconError

__all__ = ["Classifier", "LexiconError"]
