"""Evidence and its weight: what a text or a column shows, and how much that says for each of several answers.

Weights are learned from labelled examples, which are data (CSV); they are summed here, fitted in `fit`, and know nothing of reports.
"""
