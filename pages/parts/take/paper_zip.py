"""The papers of a province."""

from pages.parts.papers.making import ProvinceFile
from pages.parts.take import Format

FORMAT = Format("paper_zip", "application/zip", "zip", ":material/download:", ProvinceFile, lambda made: made.path.read_bytes())
