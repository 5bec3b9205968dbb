"""What Bifocal answers: clicks, forms, slash commands. `register` shows the whole Slack surface."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp

from handlers.background import BackgroundTasks
from handlers.context import Context
from handlers.listeners import answer_clicks as answering
from handlers.listeners import ask_forms as asking
from handlers.listeners import comment_clicks as correcting
from handlers.listeners import my_data_clicks as keeping
from handlers.listeners import slash_command as querying
from handlers.listeners import unhandled as errors
from jobs.answers.record_answer import Classify
from jobs.messages.layout import ids

ANYTHING = re.compile(".*")


def register(
    app: AsyncApp,
    *,
    context: Context,
    classify: Classify,
    background: BackgroundTasks,
    clock: Callable[[], datetime],
) -> None:
    """Bind every listener to what it needs. The first that matches wins, so the catch-alls stand last."""
    answers: dict[str, Any] = {
        "store": context.store,
        "respondents": context.respondents,
        "background": background,
        "clock": clock,
    }
    forms: dict[str, Any] = {
        "store": context.store,
        "respondents": context.respondents,
        "classify": classify,
        "clock": clock,
    }
    leads: dict[str, Any] = {"context": context, "background": background, "clock": clock}

    app.action(ids.POINT)(partial(answering.on_point, **answers))
    app.action(ids.OPEN_FORM)(partial(answering.on_open_form, **answers))
    app.action(ids.ADD_COMMENT)(partial(answering.on_add_comment, **answers))
    app.action(ids.TAKE_BACK)(partial(answering.on_take_back, **answers))
    app.view(ids.COMMENT_FORM)(partial(answering.on_comment, **forms))
    app.view(ids.RATE_FORM)(partial(answering.on_rate_form, **forms))

    app.action(ids.PRIVACY)(partial(keeping.on_privacy, store=context.store, background=background))
    app.action(ids.KEPT_OF_ME)(partial(keeping.on_kept_of_me, **answers))
    app.action(ids.FORGET)(
        partial(
            keeping.on_forget, store=context.store, respondents=context.respondents, background=background
        )
    )

    app.action(ids.ASK)(partial(asking.on_ask, context=context, background=background))
    app.view(ids.ASK_FORM)(partial(asking.on_ask_form, **leads))
    app.view(ids.ASK_PREVIEW)(partial(asking.on_preview, **leads))
    app.action(ids.TAKE_DOWN)(partial(asking.on_take_down, **leads))

    app.command("/pulse")(partial(querying.on_command, **leads))
    app.action(ids.MORE_COMMENTS)(partial(querying.on_more_comments, **leads))

    app.action(ids.CORRECT)(partial(correcting.on_correct, **leads))
    app.view(ids.TOPIC_FORM)(partial(correcting.on_topic, context=context, background=background))

    app.action(ids.OPEN_LINK)(errors.on_link)
    app.action(ANYTHING)(partial(errors.on_unknown, background=background))
    app.view(ANYTHING)(partial(errors.on_unknown, background=background))
    app.error(partial(errors.on_error, background=background))
