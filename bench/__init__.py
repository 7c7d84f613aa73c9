"""What is fast enough, measured: `make bench`. Nothing here is asserted by the tests."""


def heading(name: str) -> None:
    """The line above a bench's figures."""
    print(f"\n{name}\n{'what':<58}{'figure':>14}   promise", flush=True)


def row(what: str, figure: str, promise: str = "") -> None:
    """One figure of a bench: what was measured, the figure with its unit, and what was promised of it."""
    print(f"{what:<58}{figure:>14}   {promise}", flush=True)
