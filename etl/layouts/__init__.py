"""One module a layout of reports or score sheets: `recognises(document)` and what it yields from it."""
