"""Handing over."""
