"""Makes what the reader of scans has learnt: `python -m train.numerals`. Nothing here runs when documents are read."""
