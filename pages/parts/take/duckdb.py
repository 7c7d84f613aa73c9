"""The database itself."""

from pathlib import Path

from pages.parts.take import Format

FORMAT = Format("duckdb", "application/octet-stream", "duckdb", ":material/database:", type(Path()), Path.read_bytes)
