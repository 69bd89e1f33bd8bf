"""The tables' history, one file a change.

A new one: `alembic revision --rev-id 0002 -m "what changes"`, written by hand, with `REVISION`
of `kb.store.schema` moved to it. It never imports row classes: they move on, it stays.
"""
