"""The pictures of a digest can be read: sizes, colours, and words that never cover each other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from jobs.charts import ChartMark, ChartRange, ChartScale, ChartSide, history, strips
from jobs.charts.canvas import COLOURS, EDGE, HEIGHT, PAPER, QUIET, SMALL, WIDTH, ZONES, Canvas
from jobs.charts.history_chart import draw_history
from jobs.charts.strip_chart import draw_strips
from storage.records import Lens

FIRST = date(2026, 7, 3)
NPS = ChartScale(low=-100, mixed_from=0, good_from=30, high=100, printed=("−100", "0", "+30", "+100"))
UMUX = ChartScale(low=0, mixed_from=62.7, good_from=72.6, high=100, printed=("0", "62.7", "72.6", "100"))
CSAT = ChartScale(low=0, mixed_from=70, good_from=80, high=100, printed=("0%", "70%", "80%", "100%"))
CES = ChartScale(low=0, mixed_from=50, good_from=70, high=100, printed=("0%", "50%", "70%", "100%"))
SEQ = ChartScale(low=1, mixed_from=5, good_from=6, high=7, printed=("1", "5", "6", "7"))


def marks(*values: float | None, apart: int = 28) -> tuple[ChartMark, ...]:
    """Rounds four weeks apart, each with a range of 10 to both sides."""
    return tuple(
        ChartMark(
            day=FIRST + timedelta(days=apart * place),
            value=value,
            likely=None if value is None else ChartRange(value - 10, value + 10),
            printed="" if value is None else f"{value:g}",
        )
        for place, value in enumerate(values)
    )


CUSTOMER = ChartSide(
    lens=Lens.CX,
    name="Being a customer",
    short_name="Being a customer",
    word="good",
    instrument="NPS",
    scale=NPS,
    value=42,
    printed="+42",
    likely=ChartRange(12, 64),
    before=33,
    before_name="October",
    rounds=marks(29, 38, 24, 36, 33, 42),
)
USER = ChartSide(
    lens=Lens.UX,
    name="Using Atlas",
    short_name="Using it",
    word="poor",
    instrument="UMUX-Lite",
    scale=UMUX,
    value=52,
    printed="52",
    likely=ChartRange(44, 60),
    before=74,
    before_name="October",
    rounds=marks(76, 79, 73, 77, 74, 52),
)
WAITING = replace(
    USER, word="3 answers, shown from 10", value=None, printed="", likely=None, before=None, rounds=()
)
LEANING = replace(WAITING, word="leaning neither way", rounds=marks(None))
CLIPPED = replace(
    CUSTOMER,
    value=None,
    printed="+75",
    printed_after="or more",
    likely=None,
    before=None,
    rounds=marks(29, None, 24, 36, 33, None),
)
LONG = replace(USER, word="mixed to good", name="Using Wwwwwwwwwwwwww", printed_before="about")
LOWEST = replace(CUSTOMER, value=-99, printed="−99", likely=ChartRange(-100, -90), before=-100)
HIGHEST = replace(USER, value=99, printed="99", likely=ChartRange(90, 100), before=100)
SHARE = replace(CUSTOMER, instrument="CSAT", scale=CSAT, value=99, printed="99%", word="poor to mixed")
EASE = replace(SHARE, instrument="CES", scale=CES, rounds=marks(99, 92, 90, 88, 89, 99))
TASK = replace(
    USER,
    instrument="SEQ",
    scale=SEQ,
    value=5.5,
    printed="5.5",
    likely=ChartRange(5, 6),
    before=6.1,
    rounds=marks(6.9, 5.2, 5.8),
)
NOT_ASKED = ChartSide(lens=Lens.UX, name="Using Atlas", short_name="Using it", word="not asked")
EVERY = (
    CUSTOMER, USER, WAITING, LEANING, CLIPPED, LONG, LOWEST, HIGHEST, SHARE, EASE, TASK, NOT_ASKED,
)  # fmt: skip
PAIRS = [(CUSTOMER, USER), *((CUSTOMER, one) for one in EVERY), *((one, USER) for one in EVERY)]
UNEVEN = replace(USER, rounds=(*marks(70), *marks(72, 74, apart=3)[1:], *marks(0, 75, apart=150)[1:]))
DRAWINGS: list[tuple[Callable[[Sequence[ChartSide]], Canvas], Sequence[ChartSide]]] = [
    *((draw_strips, pair) for pair in PAIRS),
    *((draw_history, pair) for pair in PAIRS),
    (draw_history, [CUSTOMER]),
    (draw_history, [NOT_ASKED, USER]),
    (draw_history, [CUSTOMER, UNEVEN]),
    (draw_history, [replace(CUSTOMER, rounds=marks(29))]),
]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("draw", [strips, history])
def test_a_picture_is_of_the_size_of_the_screen_plan(draw: Callable[[Sequence[ChartSide]], bytes]) -> None:
    """A picture is a PNG of 1200 x 675 pixels on white."""
    picture = Image.open(BytesIO(draw([CUSTOMER, USER])))
    assert (picture.format, picture.size) == ("PNG", (1200, 675))
    assert picture.convert("RGB").getpixel((2, 670)) == (255, 255, 255)


@pytest.mark.parametrize("draw", [strips, history])
def test_the_same_records_give_the_same_bytes(draw: Callable[[Sequence[ChartSide]], bytes]) -> None:
    """Nothing of the moment or of the machine gets into a picture."""
    assert draw([CUSTOMER, USER]) == draw([CUSTOMER, USER])


def test_colours_can_be_told_from_what_is_behind_them() -> None:
    """Numbers on white reach 4.5 to 1, marks on every zone 3 to 1, quiet words on every zone 4.5 to 1."""
    for colour in COLOURS.values():
        assert contrast(colour, PAPER) >= 4.5
        assert all(contrast(colour, zone) >= 3 for zone in ZONES.values())
    assert all(contrast(QUIET, behind) >= 4.5 for behind in (PAPER, *ZONES.values()))
    assert contrast(EDGE, PAPER) >= 3
    assert sorted(ZONES.values()) == list(ZONES.values())  # darker is poorer


@pytest.mark.parametrize("draw, sides", DRAWINGS)
def test_words_can_be_read_on_a_phone(
    draw: Callable[[Sequence[ChartSide]], Canvas], sides: Sequence[ChartSide]
) -> None:
    """No type is under 34 px, nothing leaves the page, and no words cover others."""
    words = draw(sides).words
    assert min(one.size for one in words) >= SMALL == 34
    for one in words:
        assert one.box.left >= 0, one
        assert one.box.top >= 0, one
        assert one.box.right <= WIDTH, one
        assert one.box.bottom <= HEIGHT, one
    covered = [(one.text, other.text) for one, other in combinations(words, 2) if one.box.touches(other.box)]
    assert not covered


def texts(canvas: Canvas) -> list[str]:
    return [one.text for one in canvas.words]


def test_a_strip_says_side_word_score_and_score_before() -> None:
    """The heading has side and word, the number its instrument; the key names what is hollow."""
    assert texts(draw_strips([CUSTOMER, USER])) == [
        "+42", "NPS", "Being a customer: good", "poor", "mixed", "good", "−100", "0", "+30", "+100",
        "52", "UMUX-Lite", "Using Atlas: poor", "poor", "mixed", "good", "0", "62.7", "72.6", "100",
        "filled: now · bar: likely range · hollow: October",
    ]  # fmt: skip


def test_the_key_names_no_mark_that_nobody_sees() -> None:
    """Where the mark of now covers the one before, it stands for both; another side may have a hollow one."""
    behind = replace(CUSTOMER, before=42.5)
    assert texts(draw_strips([behind, WAITING]))[-1] == "filled: now and October · bar: likely range"
    assert texts(draw_strips([behind, USER]))[-1] == "filled: now · bar: likely range · hollow: October"
    assert texts(draw_strips([replace(behind, before=44), WAITING]))[-1].endswith("hollow: October")


def test_a_history_of_one_side_has_the_room_of_both() -> None:
    """Its dates stand at the foot of the picture, as they do below two panels."""
    alone, both = draw_history([CUSTOMER]), draw_history([CUSTOMER, USER])
    foot = [next(one.box.top for one in canvas.words if one.text == "20 Nov") for canvas in (alone, both)]
    assert foot[0] == pytest.approx(foot[1], abs=2)


def test_two_names_of_the_score_before_are_told_as_one() -> None:
    """Where the sides were counted before at two times, the key names neither."""
    drawn = draw_strips([replace(CUSTOMER, before_name="23 Oct"), USER])
    assert texts(drawn)[-1] == "filled: now · bar: likely range · hollow: the score before"


def test_a_side_without_a_score_has_an_empty_strip() -> None:
    """The heading says why there is no score, and the strip has its zones and no mark."""
    drawn = texts(draw_strips([CUSTOMER, WAITING]))
    assert "Using Atlas: 3 answers, shown from 10" in drawn
    assert "62.7" in drawn
    assert strips([CUSTOMER, WAITING]) == strips(
        [CUSTOMER, replace(WAITING, before=50, likely=ChartRange(1, 9))]
    )


def test_a_clipped_score_is_drawn_nowhere() -> None:
    """Of a clipped round the number is printed, and neither place nor range is shown."""
    drawn = draw_strips([CLIPPED, USER])
    assert texts(drawn)[:3] == ["or more", "+75", "NPS"]
    assert strips([CLIPPED, USER]) == strips([replace(CLIPPED, likely=ChartRange(70, 90)), USER])


def test_two_sides_without_a_mark_have_no_key() -> None:
    """The key speaks of marks that are there."""
    assert texts(draw_strips([CLIPPED, WAITING]))[-1] == ""


def test_a_long_name_gives_way() -> None:
    """A name that leaves no room for the score, or has letters that cannot be drawn, is told shortly."""
    assert "Using it: mixed to good" in texts(draw_strips([CUSTOMER, LONG]))
    assert "Using it: poor" in texts(draw_strips([CUSTOMER, replace(USER, name="Using 製品 🚀")]))
    assert "Using it (UMUX-Lite)" in texts(draw_history([CUSTOMER, replace(USER, name="Using 製品 🚀")]))


def test_a_name_is_no_formula() -> None:
    """Signs that mean something to the drawing library are drawn as they are."""
    name = r"Using $\frac{A}$"
    assert f"{name}: poor" in texts(draw_strips([CUSTOMER, replace(USER, name=name)]))


def test_a_round_without_a_number_leaves_a_gap() -> None:
    """The line is broken where a round shows no number."""
    gap, whole = marks(29, 38, None, 36), marks(29, 38, 37, 36)
    assert history([replace(CUSTOMER, rounds=gap)]) != history([replace(CUSTOMER, rounds=whole)])
    left_out = replace(CUSTOMER, rounds=tuple(mark for mark in whole if mark.value != 37))
    assert history([replace(CUSTOMER, rounds=gap)]) != history([left_out])


def test_a_side_without_a_round_has_no_panel() -> None:
    """The history of one side stands alone, with its dates."""
    drawn = texts(draw_history([NOT_ASKED, USER]))
    assert "Using Atlas (UMUX-Lite)" in drawn
    assert {"3 Jul", "28 Aug", "20 Nov"} <= set(drawn)
    assert "23 Oct" not in drawn
    assert not any("Being a customer" in one for one in drawn)
