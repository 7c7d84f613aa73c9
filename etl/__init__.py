"""Reads reports and score sheets, and builds the database: `python -m etl`."""
