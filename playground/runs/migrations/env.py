"""Alembic's entry: runs the migrations on the engine that :func:`playground.runs.database.migrated` hands in."""

from alembic import context

from playground.runs.database import alone
from playground.runs.schema import metadata

engine = context.config.attributes["engine"]
with engine.execution_options(playground_write=True).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        alone(connection, "migrate")  # a server may have clients with homes, and lock files, of their own
        context.run_migrations()
    connection.commit()
