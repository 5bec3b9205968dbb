"""Many tests at once. Pure."""

from collections.abc import Sequence


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values in the given order: of those at most q, a share of about q is false.

    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57:289-300.
    """
    m, adjusted, least = len(p_values), [0.0] * len(p_values), 1.0
    for rank, place in reversed(list(enumerate(_ascending(p_values), start=1))):
        least = min(least, p_values[place] * m / rank)
        adjusted[place] = least
    return adjusted


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values in the given order: among those at most alpha, any error has a chance of alpha.

    Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    m, adjusted, most = len(p_values), [0.0] * len(p_values), 0.0
    for done, place in enumerate(_ascending(p_values)):
        most = max(most, min(p_values[place] * (m - done), 1.0))
        adjusted[place] = most
    return adjusted


def _ascending(p_values: Sequence[float]) -> list[int]:
    return sorted(range(len(p_values)), key=p_values.__getitem__)
