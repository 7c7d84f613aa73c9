"""What a rerun of every view costs the server: `python -m bench.reruns [VIEW ...]`, by the name of a page and its view.

Milliseconds of processor of `make serve` on the made-up nation, at the median, each rerun of another agency over one session: with all that
is sent, and nothing kept from an agency before but what all share (lists, rules). Beside other work the same costs a fifth more. Within a
test (bench/pages.py) it costs some 10 ms that no server pays: after each run all objects are searched, and pages are compiled anew.
"""

import asyncio
import statistics
import sys
import time

from bench import row
from bench.light import SERVERS, served
from bench.pages import NATION, agencies, folder
from deploy.visit import viewer

PROMISED, OF_A_PROVINCE = 80, 150  # ms
STILL = 0.03  # s after the last message, until the server has nothing more to do for it
VIEWS = {
    "": [""],
    "trends": ["", "change", "indicators"],
    "weakest": ["", "group"],
    "compare": ["", "learn", "heatmap", "slope", "movers", "map", "levels", "funnel"],
    "path": [""],
    "province": ["", "picture"],
    "completion": ["", "aim", "plan"],
    "present": [""],
    "papers": [""],
}
OF_THE_NATION = ("movers", "map", "levels", "funnel")


async def reruns(address: str, clock: int, page: str, view: str, asked: list[str]) -> float:
    """The median of one view; `clock`: the processor clock of the server."""
    spent = []
    async with viewer(address, **{"Accept-Language": "th"}) as session:
        await session.see()
        for agency in asked:
            before = time.clock_gettime(clock)
            scope = "&scope=nation" if view in OF_THE_NATION else ""
            await session.see(f"lang=th&year=2568&agency={agency}{scope}" + (f"&view={view}" if view else ""), page)
            await asyncio.sleep(STILL)
            spent.append(1000 * (time.clock_gettime(clock) - before))
    return statistics.median(spent[2:])  # the first two load what is lasting


async def rested(clock: int) -> None:
    """Waits until a server has warmed up: two seconds in which it does next to nothing."""
    spent = [float("-inf")] * 4
    while time.clock_gettime(clock) - spent[0] > 0.03:
        spent = [*spent[1:], time.clock_gettime(clock)]
        await asyncio.sleep(0.5)


def main(wanted: list[str]) -> None:
    """Prints the median of each view, or of those named."""
    data = folder(NATION)
    asked = agencies(data)
    with served(SERVERS["make serve"], data) as (port, server, _):
        clock = (~server.pid << 3) | 2  # Linux: of another process (clock_getcpuclockid)
        asyncio.run(rested(clock))
        for page, views in VIEWS.items():
            for view in views:
                name = " ".join(filter(None, [page or "overview", view]))
                if not wanted or name in wanted:
                    spent = asyncio.run(reruns(f"127.0.0.1:{port}", clock, page, view, asked))
                    most = OF_A_PROVINCE if page == "province" else PROMISED
                    row(f"{name}: rerun of another agency", f"{spent:.0f} ms", f"at most {most} ms of processor")


if __name__ == "__main__":
    main(sys.argv[1:])
