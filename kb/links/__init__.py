"""Tries external links over HTTP."""
