"""The documents that an agency must file, made from the database: `paper` (what one is), `content` (frames -> paper), `made` (asked and
made), then `word`, `pdf` and `web` write the same paper; `board` is the year's list of what is due, there and missing."""
