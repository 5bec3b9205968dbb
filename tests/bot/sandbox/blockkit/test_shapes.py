from typing import Any

import pytest

from bot.sandbox.blockkit.shapes import Choice, Flag, Many, Object, Problem, Shape, Whole, Words, by_type


def problems(shape: Shape, value: Any) -> list[str]:
    """What the shape says about a value at "/x"."""
    return [str(problem) for problem in shape.check(value, "/x")]


@pytest.mark.parametrize(
    "shape,good,bad,words",
    [
        (Words(3), "abc", "abcd", "must be less than 4 characters"),
        (Words(3), "a", "", "must be more than 0 characters"),
        (Words(3), "a", 1, "must be a string"),
        (Flag(), False, 0, "must be a boolean"),
        (Whole(1, 4), 4, 5, "must be between 1 and 4"),
        (Whole(1, 4), 1, True, "must be an integer"),
        (Choice(("a", "b")), "a", "c", "must be one of: a, b"),
        (Many(Flag(), 2), [True], [True] * 3, "no more than 2 items allowed"),
        (Many(Flag(), 2), [True], [], "no fewer than 1 items allowed"),
        (Many(Flag(), 2), [True], {}, "must be an array"),
        (Object(None, {"a": Flag()}), {"a": True}, {}, "missing required field: a"),
        (Object(None, {}, {"a": Flag()}), {}, {"b": 1}, "invalid additional property: b"),
        (Object(None, {}), {}, [], "must be an object"),
        (Object(None, {}), {}, {"type": "x"}, "invalid additional property: type"),
    ],
)
def test_a_value_fits_or_is_named(shape: Shape, good: Any, bad: Any, words: str) -> None:
    """A value within its limits passes; one beyond is refused in Slack's words."""
    assert problems(shape, good) == []
    assert problems(shape, bad) == [f"{words} [json-pointer:/x]"]


def test_pointers_lead_to_the_place() -> None:
    """Keys and places of lists are part of the pointer."""
    shape = Object(None, {"rows": Many(Object("row", {"on": Flag()}), 9)})
    assert problems(shape, {"rows": [{"type": "row", "on": True}, {"type": "row", "on": "no"}]}) == [
        "must be a boolean [json-pointer:/x/rows/1/on]"
    ]


def test_gaps_are_allowed_where_said() -> None:
    """Null stands for a column that is left as it is."""
    assert problems(Many(Flag(), 2, gaps=True), [None, True]) == []
    assert problems(Many(Flag(), 2), [None]) == ["must be a boolean [json-pointer:/x/0]"]


@pytest.mark.parametrize("kind", ["c", None, 1, ["a"]])
def test_the_type_picks_the_shape(kind: Any) -> None:
    """A type that does not belong here is refused by name; the others are checked as what they are."""
    shape = by_type(Object("a", {}), Object("b", {"on": Flag()}), where="here")
    assert problems(shape, {"type": "a"}) == []
    assert problems(shape, {"type": "b"}) == ["missing required field: on [json-pointer:/x]"]
    assert problems(shape, {"type": kind}) == [f"unsupported type: {kind} here [json-pointer:/x/type]"]
    assert problems(shape, "a") == ["must be an object [json-pointer:/x]"]
    assert problems(Object("a", {}), {"type": "b"}) == ["must be a [json-pointer:/x/type]"]


def test_laws_wait_until_every_key_fits() -> None:
    """A law may rely on what the keys promise."""

    def law(value: dict[str, Any], at: str) -> Any:
        yield Problem(at, f"the law saw {value['a']}")

    shape = Object(None, {"a": Flag()}, laws=(law,))
    assert problems(shape, {"a": True}) == ["the law saw True [json-pointer:/x]"]
    assert problems(shape, {}) == ["missing required field: a [json-pointer:/x]"]
