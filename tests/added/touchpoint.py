"""A touchpoint that was added is found by its words, beside those that the trained model knows."""

from jobs.classification.lines import sides
from jobs.comments.load_classifier import read_classifier
from storage.records import Lens

classify = read_classifier().classify
comments = ["The certification course was dull.", "The invoices are wrong.", "It crashes all the time."]
labels = [classify(comment) for comment in comments]
assert [label.touchpoints for label in labels] == [("training",), ("billing",), ("reliability",)]
assert sides(labels[0]) == (Lens.CX,)
