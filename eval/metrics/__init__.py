"""Metrics, one a file; see `eval.metric`."""
