"""The hand-outs of a province."""

from pages.parts.present.handout import Handouts, zipped
from pages.parts.take import Format

FORMAT = Format("handouts", "application/zip", "zip", ":material/download:", Handouts, lambda made: zipped(made.files))
