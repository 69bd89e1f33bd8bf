"""The two adapters of the ports `Index` and `IndexBackend`, and what they share.

`passages` holds the one search algorithm; `edge` and `server` run its queries.
"""
