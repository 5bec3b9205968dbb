"""The list of products says what it leaves out and how to reach the rest."""

import pytest

from jobs.messages.products.product_list import ListedProduct, product_list


@pytest.mark.parametrize(
    "number,page,said,buttons",
    [
        (0, 1, "No product that you know of yet.", []),
        (20, 1, "To change one", []),
        (21, 1, "1 to 20 of 21. 1 more: type /pulse products 2.", ["Next 1"]),
        (65, 2, "21 to 40 of 65. 25 more: type /pulse products 3.", ["Back 20", "Next 20"]),
        (65, 9, "61 to 65 of 65. To change one", ["Back 20"]),
    ],
)
def test_more_than_twenty_say_what_they_leave_out(
    number: int, page: int, said: str, buttons: list[str]
) -> None:
    """Twenty at a time, with the command and the button that lead on; a page too far is the last one."""
    products = [ListedProduct(name=f"P{each:03}", channels=("C1",)) for each in range(number)]
    shown = product_list(products, page=page)
    assert said in shown["text"]
    row = [each["text"]["text"] for block in shown["blocks"] for each in block.get("elements", ())]
    assert row == buttons
