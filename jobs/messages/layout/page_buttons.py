"""The buttons that turn the pages of a list: on, back, and from the last page to the first."""

from dataclasses import replace

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, button

FIRST = "Back to the first"


def page_buttons(
    action_id: str, here: ids.Page, *, per_page: int, then: int, total: int, noun: str
) -> list[Block]:
    """[Back 3] [Next 3] of a page, as far as there is something; on the last one [Back to the first].

    `then` is how many of `total` stand before the next page.
    """
    following = min(per_page, total - then)
    row = []
    if here.offset:
        back = max(0, here.offset - per_page) if following > 0 else 0
        label = f"Back {min(per_page, here.offset)}" if following > 0 else FIRST
        row.append(button(label, f"{action_id}/back", value=ids.write_page(replace(here, offset=back))))
    if following > 0:
        label = f"Next {following}"
        value = ids.write_page(replace(here, offset=then))
        row.append(button(label, action_id, value=value, read_as=f"{label} of {total:,} {noun}"))
    return row
