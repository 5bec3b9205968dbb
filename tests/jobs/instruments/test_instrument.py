"""What every questionnaire obeys."""

from dataclasses import replace

import pytest

from jobs.instruments import INSTRUMENTS
from jobs.instruments.instrument import AnswerClass, Instrument, Scale, Scoring

EVERY = pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=list(INSTRUMENTS))


def test_a_scale_holds_its_whole_points_only() -> None:
    """A point is a whole number on the scale; True, halves and texts are none."""
    scale = Scale(low=1, high=5, labels={1: "low", 5: "high"})
    assert [point for point in (0, 1, 5, 6, True, 2.0, "3", None) if point in scale] == [1, 5]
    assert list(scale.points) == [1, 2, 3, 4, 5]


def test_the_words_above_the_numbers() -> None:
    """Labels at the ends make a sentence, labels everywhere a row."""
    assert INSTRUMENTS["nps"].scale.words == "0 is not at all likely, 10 is extremely likely."
    assert INSTRUMENTS["seq"].scale.words == "1 is very difficult, 7 is very easy."
    assert INSTRUMENTS["ces"].scale.words == (
        "1 strongly disagree · 2 disagree · 3 somewhat disagree · 4 neither · "
        "5 somewhat agree · 6 agree · 7 strongly agree"
    )


@pytest.mark.parametrize(
    "key,unfavourable,middle,favourable",
    [
        ("nps", (0, 6), (7, 8), (9, 10)),
        ("csat", (1, 2), (3, 3), (4, 5)),
        ("ces", (1, 3), (4, 4), (5, 7)),
        ("seq", (1, 3), (4, 5), (6, 7)),
        ("sus", (0, 51.6), (51.7, 72.5), (72.6, 100)),
        ("umux_lite", (0, 51.6), (51.7, 72.5), (72.6, 100)),
    ],
)
def test_classes(
    key: str,
    unfavourable: tuple[float, float],
    middle: tuple[float, float],
    favourable: tuple[float, float],
) -> None:
    """Answers stand in the published classes, to their borders."""
    classes = [INSTRUMENTS[key].class_of(answer) for answer in (*unfavourable, *middle, *favourable)]
    assert classes == [
        *[AnswerClass.UNFAVOURABLE] * 2,
        *[AnswerClass.MIDDLE] * 2,
        *[AnswerClass.FAVOURABLE] * 2,
    ]


@EVERY
def test_borders_rise_on_the_scale(instrument: Instrument) -> None:
    """Borders of classes and bands lie on the instrument's own scale, in order."""
    low, high = instrument.bounds
    assert low <= instrument.mixed_from < instrument.good_from <= high
    assert instrument.middle_from < instrument.favourable_from
    assert instrument.class_of(-1) is AnswerClass.UNFAVOURABLE
    assert {*instrument.scale.labels} >= {instrument.scale.low, instrument.scale.high}


@EVERY
def test_every_wording_takes_the_subject(instrument: Instrument) -> None:
    """The subject stands in the question, its lead-in or every statement, as typed, and no gap is left."""
    subject = "{curly} & co"
    texts = [instrument.question_about(subject), *instrument.statements_about(subject)]
    lead_in = instrument.lead_in_about(subject)
    assert "{subject}" not in "".join([*texts, lead_in or ""])
    assert any(subject in text for text in (lead_in or "", texts[0]))
    assert all(subject in text for text in texts[1:])


def test_a_sentence_begins_as_a_sentence() -> None:
    """A small word at the start is written large; a product's own spelling stands."""
    umux_lite = INSTRUMENTS["umux_lite"]
    assert umux_lite.statements_about("the checkout")[1] == "The checkout is easy to use."
    assert umux_lite.statements_about("iLog")[1] == "iLog is easy to use."
    assert (
        INSTRUMENTS["sus"].statements_about("the checkout")[1]
        == "I found the checkout unnecessarily complex."
    )


def test_a_mean_is_printed_with_one_decimal() -> None:
    """Only a mean on a short scale has decimals, and its bounds are the scale's."""
    nps = INSTRUMENTS["nps"]
    assert (nps.decimals, nps.bounds, nps.has_form, nps.item_count) == (0, (-100, 100), False, 1)
    mean = replace(nps, scoring=Scoring.MEAN)
    assert (mean.decimals, mean.bounds) == (1, (0, 10))
    assert (INSTRUMENTS["sus"].bounds, INSTRUMENTS["sus"].item_count) == ((0, 100), 10)


@pytest.mark.parametrize(
    "key,answers,scored",
    [
        ("nps", [0, 6, 7, 8, 9, 10], [-100, -100, 0, 0, 100, 100]),
        ("csat", [1, 2, 3, 4, 5], [0, 0, 0, 100, 100]),
        ("ces", [4, 5], [0, 100]),
        ("sus", [0, 67.5], [0, 67.5]),
        ("seq", [1, 7], [1, 7]),
    ],
)
def test_answers_as_scored(key: str, answers: list[float], scored: list[float]) -> None:
    """The mean of answers as scored is the score: a net score, a share, or the mean itself."""
    assert [INSTRUMENTS[key].as_scored(answer) for answer in answers] == scored


@EVERY
def test_the_typical_product_lies_on_the_scale(instrument: Instrument) -> None:
    """What is expected before anybody has answered is a score that there can be."""
    low, high = instrument.bounds
    assert low < instrument.typical.score < high
    assert instrument.typical.low is None or low <= instrument.typical.low < instrument.typical.score
