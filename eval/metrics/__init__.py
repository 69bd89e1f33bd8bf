"""Metrics, one a file; see `eval.scoring.metric`."""
