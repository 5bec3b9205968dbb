import pytest

from jobs.classification.model.linear import LinearModel
from models.training import readings
from models.training.sets import Example
from storage.records import Touchpoint


def test_every_tone_and_touchpoint_was_read() -> None:
    """The readings know each tone and each touchpoint that the model was trained for, and no others."""
    found = readings.all_of_them().values()
    assert {reading.tone for reading in found} == set(readings.TONES.values())
    assert {reading.touchpoints[0] for reading in found} == {
        *LinearModel.load().touchpoints["names"],
        Touchpoint.OTHER,
    }
    assert {len(reading.touchpoints) for reading in found} == {1, 2}


@pytest.mark.parametrize("tone", readings.TONES.values())
def test_a_reading_is_three_probabilities(tone: tuple[float, float, float]) -> None:
    """What a reading teaches adds up to one."""
    assert sum(tone) == pytest.approx(1)


def test_the_sign_of_a_reading() -> None:
    """Clear and mild blame are one sign, praise likewise, and what is both alike has none."""
    signs = {letter: readings.sign(readings.Reading(tone, ())) for letter, tone in readings.TONES.items()}
    assert signs == {"N": -1, "n": -1, "Z": 0, "p": 1, "P": 1, "M": None}


def test_a_text_that_was_not_read_teaches_its_label() -> None:
    """Without a reading the label is learnt as it is, and without either nothing."""
    assert readings.target(Example("never seen before", -1)) == (1.0, 0.0, 0.0)
    assert readings.target(Example("never seen before", None)) is None
