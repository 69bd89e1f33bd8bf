"""Metrics, what they are tried on, and what came of them."""
