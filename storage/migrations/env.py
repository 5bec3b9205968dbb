"""Runs migrations over the connection that `storage.schema.migrate` hands in."""

from alembic import context

from storage.schema.migrate import TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
