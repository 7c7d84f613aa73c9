"""The days of a year as a calendar file."""

from pages.parts.papers.board import Calendar
from pages.parts.take import Format

FORMAT = Format("ics", "text/calendar", "ics", ":material/calendar_month:", Calendar, lambda made: made.text.encode())
