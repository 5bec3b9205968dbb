"""Why a product is not removed."""

import pytest

from jobs.messages.wording.product_reasons import not_removable
from storage.records import Uses


@pytest.mark.parametrize(
    "uses, said",
    [
        (Uses(open_waves=1), "there is 1 open question. You can merge"),
        (Uses(open_waves=9), "there are 9 open questions. You can merge"),
        (Uses(rounds=1, open_waves=9), "there is 1 score and 9 open questions. You can merge"),
        (Uses(saved=2), "there are 2 saved messages. You can merge"),
        (Uses(rounds=12), "there are 12 scores. You can merge"),
        (Uses(pulses=2), "there are 2 questions that were asked. You can merge"),
        (Uses(schedules=2, pulses=2), "there are 2 schedules. You can end what runs"),
    ],
)
def test_what_stands_in_the_way_of_removing(uses: Uses, said: str) -> None:
    """One is, several are; a merge is offered with no name of its own, which could be this product's."""
    reason = not_removable("Atlas", uses)
    assert f"Atlas cannot be removed: {said}" in reason
    assert "merge Atlas into Atlas" not in reason
