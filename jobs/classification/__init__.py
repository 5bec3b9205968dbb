"""What a comment says: its tone, its touchpoints, whether it is a wish. Other code uses `Classifier`. Pure.

Not here: which comments are kept or corrected (comments), how a tone is worded (messages), how the models are
trained (models/training).
"""

from jobs.classification.classifier import Classifier
from jobs.classification.lexicon_file import LexiconError

__all__ = ["Classifier", "LexiconError"]
