"""The words that decided, as a person would read them."""

from collections.abc import Sequence

EMOJI = "emoji"
_MOST = 3
_VALENCE_SHARE = 0.5
_FLOOR = 0.05


def deciding(
    side: int, tokens: Sequence[str], placed: Sequence[float], known: Sequence[tuple[str, float, float]], *, emoji: bool
) -> tuple[str, ...]:
    """Up to three words or pairs that speak most for the side (-1, 0, 1), strongest first.

    `placed` are the valences of the tokens, `known` the model's grams with what they add to negative and positive.
    """
    weight: dict[str, float] = {}
    for gram, down, up in known:
        said = _as_said(gram)
        if said:
            weight[said] = weight.get(said, 0.0) + (up if side > 0 else down if side < 0 else -down - up)
    if side:
        for token, value in zip(tokens, placed, strict=True):
            if value * side > 0:
                weight[token] = weight.get(token, 0.0) + abs(value) * _VALENCE_SHARE
    found = [EMOJI] if emoji else []
    for said in sorted(weight, key=lambda said: (-weight[said], said)):
        if weight[said] < _FLOOR or len(found) == _MOST:
            break
        if not any(_overlap(said, other) for other in found):
            found.append(said)
    return tuple(found)


def _as_said(gram: str) -> str:
    """A gram in plain words: "!good" is "not good"; marks and the beginning of the text say nothing."""
    if gram.startswith("!") and gram[1:2].isalpha():
        return f"not {gram[1:]}"
    parts = [part for part in gram.split(" ") if part[0].isalnum() or part == "n't"]
    said = " ".join(parts).replace(" n't", "n't")
    return "" if said in {"n't", "not"} else said.replace("n't ", "not ") if said.startswith("n't") else said


def _overlap(said: str, other: str) -> bool:
    return not set(said.split()).isdisjoint(other.split())
