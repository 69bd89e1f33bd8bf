"""Evaluations run, kept and gone on with."""
