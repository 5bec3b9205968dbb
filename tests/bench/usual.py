"""A usual Bolt app that does the work of a click: ack, keep it by SQLModel, answer, open the comment form.

It is written as Bolt's own examples are. `python -m tests.bench.usual [before]` serves it; with the word
`before` it runs with `process_before_response`. Its receipt and form hold the same blocks as Bifocal's.
"""

import asyncio
import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

from bot.manifest import SLACK_PATH

BLOCKS = "usual.json"  # the receipt and the form, in the folder where it runs


class UsualRating(SQLModel, table=True):
    """What a person chose."""

    wave_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    point: int
    clicked_at: str


def database(url: str) -> Engine:
    """A file that keeps a write-ahead log, as is usual."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")

    SQLModel.metadata.create_all(engine, [SQLModel.metadata.tables["usualrating"]])
    return engine


def usual_app(client: AsyncWebClient, token: str, *, before: bool) -> AsyncApp:
    """The app with its one listener."""
    app = AsyncApp(
        client=client,
        token=token,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=before,
    )
    blocks = json.loads(Path(BLOCKS).read_text())
    engine = database(os.environ["DATABASE_URL"])

    @app.action(re.compile("^point/"))
    async def rate(
        ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient
    ) -> None:
        if not before:
            await ack()
        action, user_id = body["actions"][0], body["user"]["id"]
        with Session(engine) as session:
            known = session.get(UsualRating, (action["block_id"], user_id))
            session.merge(
                UsualRating(
                    wave_id=action["block_id"],
                    user_id=user_id,
                    point=int(action["value"]),
                    clicked_at=action["action_ts"],
                )
            )
            session.commit()
        if before:
            await ack()
        await respond(**blocks["receipt"], response_type="ephemeral", replace_original=False)
        if known is None:
            await client.views_open(trigger_id=body["trigger_id"], view=blocks["form"])

    return app


async def serve(*, before: bool) -> None:
    """Serve until SIGTERM; where it listens is said as the bot says it."""
    token = os.environ["SLACK_BOT_TOKEN"]
    app = usual_app(AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"]), token, before=before)
    runner = web.AppRunner(app.web_app(path=SLACK_PATH), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    sys.stderr.write(f"Bifocal runs: http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stderr.flush()
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(before="before" in sys.argv))
