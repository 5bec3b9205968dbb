"""What a person reads when what they asked for cannot be done, or fails."""

import logging
from collections.abc import Awaitable

from sqlalchemy.exc import SQLAlchemyError

from handlers.syntax import PhraseError
from jobs.messages.layout.blocks import Message
from jobs.messages.report.score_answer import sentence
from jobs.messages.wording import why_not as refusals
from jobs.permissions.refusal import Refused

LOG = logging.getLogger(__name__)


async def said(answer: Awaitable[Message | None], *, team_id: str) -> Message | None:
    """The answer, or the sentence that says why there is none; a fault is logged with its trace."""
    try:
        return await answer
    except (PhraseError, Refused) as refused:
        return sentence(str(refused))
    except (SQLAlchemyError, TimeoutError):
        LOG.exception("the database did not answer a person of team %s", team_id)
        return sentence(refusals.database_away())
    except Exception:
        LOG.exception("what a person of team %s asked for failed", team_id)
        return sentence(refusals.fault())
