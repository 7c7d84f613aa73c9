"""Overview: where one agency stands in one year."""

from pages.parts import controls
from pages.parts.show import show

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
if agency:
    show("score_trend", words, {}, agency=agency.agency_id)
