"""Sources: what was loaded, what was read from it, and what a reader of the data should know."""

from pages.parts import controls
from pages.parts.show import show_table

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words, all_too=True)
about = {words("control.agency"): agency.name if agency else words("control.all_agencies")}
view = controls.choice(words, "view", ["documents", "findings"], lambda one: words(f"sources.{one}"))
one = agency.agency_id if agency else None
if view == "documents":
    show_table("source_list", words, about, heading="title", agency=one)
else:
    severity = controls.choice(words, "severity", ["any", "error", "warning", "info"],
                               lambda each: words("sources.any" if each == "any" else f"severity.{each}"))
    show_table("finding_list", words, about, heading="title", agency=one, severity=None if severity == "any" else severity)
