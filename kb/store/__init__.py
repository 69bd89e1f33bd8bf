"""Rows: articles, releases and findings in SQLite or PostgreSQL."""
