"""Alembic runs this for every upgrade, inside the transaction of `kb.store.schema.upgrade`."""

from alembic import context

from kb.store.database import Base

# The metadata is here for the names that it gives to constraints.
context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
