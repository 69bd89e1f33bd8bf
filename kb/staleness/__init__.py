"""Signals that a passage has outlived its truth. Each module holds one kind of signal."""
