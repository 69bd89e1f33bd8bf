"""Procedures of eight trades, written as their operators would."""
