"""Who answered what with their name, for the leads of the question, so that somebody can be called back."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.messages.lead.answers_page import PER_PAGE
from jobs.messages.lead.comments_page import LEADS_NO_MORE
from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import subjects
from jobs.slack.directory import Directory
from storage.records import Lens, Response
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersWithNames:
    """A page of answers to questions about one product, newest first, of `total`; `names` are by user id."""

    responses: Sequence[Response]
    names: dict[str, str]
    product: str
    total: int
    notes: tuple[str, ...]


async def load_answers(
    store: Store,
    directory: Directory,
    requester: Requester,
    *,
    product: str | None,
    lens: Lens | None,
    offset: int,
) -> AnswersWithNames:
    """The answers of a page, about the named product or the first with any that this person may read.

    Raises Refused for somebody who leads no question with names here, where there is none, and where nobody
    has answered one.
    """
    about = await subjects(store, directory, requester, product)
    refused = why_not.no_names()
    for found, channels in about.found:
        asked = await store.named_answers.questions(
            requester.team_id, channels, product_id=found.id, lens=lens
        )
        led = [pulse.id for pulse in asked if await is_lead(directory, pulse, requester.user_id)]
        responses, total = await store.named_answers.page(
            requester.team_id, led, offset=offset, limit=PER_PAGE
        )
        if responses:
            return AnswersWithNames(
                responses=responses,
                names=await _names(directory, responses),
                product=found.name,
                total=total,
                notes=about.notes,
            )
        if led:
            refused = why_not.no_answers_with_names()
        elif any(requester.user_id in pulse.leads for pulse in asked):
            refused = LEADS_NO_MORE
        elif asked:
            refused = why_not.answers_for_leads(asked[0])
    raise Refused(refused)


async def _names(directory: Directory, responses: Sequence[Response]) -> dict[str, str]:
    return {
        response.respondent: (await directory.person(response.wave.team_id, response.respondent)).name
        for response in responses
    }
