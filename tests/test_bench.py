"""What a bench calls a regression."""

from bench.__main__ import worse


def test_a_ratio_is_worse_when_it_is_more_than_a_quarter_above_the_baseline():
    baseline = {"same": 0.4, "a quarter": 0.4, "beyond": 0.4, "better": 0.4, "no longer measured": 1.0}
    measured = {"same": 0.4, "a quarter": 0.5, "beyond": 0.52, "better": 0.1, "new": 9.0}
    assert worse(measured, baseline).keys() == {"beyond"}
