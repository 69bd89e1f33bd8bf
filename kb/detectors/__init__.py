"""Detectors, one file each: a corpus in, findings out."""
