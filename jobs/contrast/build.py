"""Makes a contrast of what is known of both sides. Pure."""

from jobs.contrast.quoting import choose_quote
from jobs.contrast.record import Contrast
from jobs.contrast.side import SideInput, answers_of, build_side, comments_of
from jobs.contrast.title import people_of, state_of
from jobs.privacy import smallest_group
from storage.records import Lens, Period


def contrast(
    product: str,
    period: Period,
    *,
    min_group: int,
    cx: SideInput,
    ux: SideInput,
    first: bool,
    cuts: bool = True,
    last: Contrast | None = None,
) -> Contrast:
    """The two sides of a product for a period, with the title, the counts and the quote that they allow.

    `min_group` is the smallest group to show anything of; where a question promised a larger one, that
    holds. `first` says that there is no earlier edition. `cuts` is False for any other period than the
    digest's: then comments are not counted. `last` is the contrast that was last posted: comments are
    counted anew only when enough of them changed since.
    """
    given = {Lens.CX: cx, Lens.UX: ux}
    asked = [response for side in given.values() for response in (*side.responses, *side.before)]
    k = smallest_group(min_group, asked)
    answers = {lens: answers_of(side) for lens, side in given.items()}
    sides = {
        lens: build_side(
            lens, side, answers[lens], min_group=k, cuts=cuts, last=last.side(lens) if last else None
        )
        for lens, side in given.items()
    }
    enough = all(len(of_side) >= k for of_side in answers.values())
    return Contrast(
        product=product,
        period=period,
        min_group=k,
        state=state_of(sides[Lens.CX], sides[Lens.UX], first=first),
        cx=sides[Lens.CX],
        ux=sides[Lens.UX],
        people=people_of(answers[Lens.CX], answers[Lens.UX]) if enough else None,
        first=first,
        quote=choose_quote(
            [(sides[lens], comments_of(answers[lens])) for lens in sides],
            min_group=k,
        ),
    )
