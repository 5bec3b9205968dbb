import json
from collections.abc import Iterator

from jobs.classification import Classifier
from jobs.classification.lines import as_object, classify_lines, sides
from storage.records import Label, Lens, Sentiment, Touchpoint

KEYS = {"sentiment", "polarity", "probabilities", "wish", "touchpoints", "sides", "reasons", "version"}


def test_one_object_a_line_in_order(classifier: Classifier) -> None:
    """Each line gets one object, in order, an empty one too."""
    lines = ["Love it\n", "\n", "It crashes all the time\r\n", "El servicio es muy lento y caro hoy\n"]
    found = list(classify_lines(lines, classifier))
    assert [line["sentiment"] for line in found] == ["positive", "empty", "negative", "unclassified"]
    assert all(set(line) == KEYS for line in found)
    assert not any(line["wish"] for line in found)
    assert [json.loads(json.dumps(line)) for line in found] == found


def test_it_streams(classifier: Classifier) -> None:
    """A line is answered before the next one is asked for."""
    asked = []

    def lines() -> Iterator[str]:
        for line in ("one", "two"):
            asked.append(line)
            yield line

    answers = classify_lines(lines(), classifier)
    next(answers)
    assert asked == ["one"]


def test_sides_are_strongest_first() -> None:
    """The sides follow the touchpoints; `other` has none."""
    label = Label(
        version="1",
        sentiment=Sentiment.NEUTRAL,
        polarity=0.0,
        probabilities={},
        touchpoints=(Touchpoint.BILLING, Touchpoint.SUPPORT, Touchpoint.DESIGN),
    )
    assert sides(label) == (Lens.CX, Lens.UX)
    assert as_object(label)["sides"] == ["CX", "UX"]
