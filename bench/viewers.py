"""Many viewers at once: 50 sessions over their own websockets, one click every 4 s, and what each of them gets to see.

Every viewer has a language, an agency and a path through the pages of its own, on the made-up nation served by `make serve`. What comes
is checked at each click: the page in the viewer's language, its own agency in the picker, the name of no other viewer's agency. Half way a
build is published: the same nation with other names and totals; from then on a viewer sees the new one, and never two in one view. A click
is a rerun with a new URL, from the message that asks to the message that says it has ended.

Before it the same without time to think, on one copy and on two behind nginx: reruns a second.

`python -m bench.viewers [VIEWERS SECONDS]`, by default 50 and 180. Exit code 1: a fault was seen.
"""

import asyncio
import contextlib
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import duckdb

from bench import ratio, row
from bench._aside import aside
from bench.light import SERVERS, resident, served
from bench.pages import NATION, folder
from deploy.trial import nginx, nginx_before
from deploy.visit import viewer
from pages.parts.say.text import LANGUAGES, Words

VIEWERS, SECONDS, EVERY = 50, 180, 4.0
COME = 20  # seconds in which everybody comes, all at once: people at work are another question
YEARS = range(2562, 2569)
# The pages in the proportion in which they are looked at.
PAGES = ["", "", "", "trends", "trends", "completion", "completion", "weakest", "compare", "path", "present", "papers", "sources"]
NAMES_OTHERS = {"compare", "present"}  # these pages name peers, who may be another viewer's agency
PRINTED_NAMES = {"sources"}  # this one also shows names as the documents print them, which a build does not change
MARK = " (ฉบับใหม่)"  # stands behind each agency's name in the build that is published meanwhile
IMPATIENT, SATURATED = 16, 20.0  # viewers without time to think, and seconds of them


@dataclass(frozen=True)
class Person:
    """A viewer: language, agency and its total of each fiscal year, in the build of the beginning and in the one published meanwhile."""

    lang: str
    agency_id: str
    name: str
    totals: dict[int, tuple[str, str]]


@dataclass
class Seen:
    """What the viewers saw: seconds of each click with when it ended, which version each showed, and faults in words."""

    clicks: list[tuple[float, float]] = field(default_factory=list)
    versions: list[tuple[float, float, bool]] = field(default_factory=list)  # begun, ended, was it the new one
    faults: list[str] = field(default_factory=list)


def data_with_next(into: Path) -> tuple[Path, Path]:
    """A folder with the nation, and beside it the database that will be published: every agency with MARK, every total 1 point lower."""
    nation, data, following = folder(NATION), into / "data", into / "next.duckdb"
    shutil.copytree(nation, data, copy_function=shutil.copy2, ignore=shutil.ignore_patterns("*.previous.*", ".ita*"))
    shutil.copy(data / "ita.duckdb", following)
    with duckdb.connect(str(following)) as connection:
        connection.execute("update agency set name = name || $mark", {"mark": MARK})
        connection.execute("update assessment set total_shown = total_shown - 1")
        connection.execute("update verdict set total = total - 1, before_total = before_total - 1")
    return data, following


def people(data: Path, count: int) -> list[Person]:
    """So many viewers, each with an agency of another province (so that no picker lists another's) that has a total in every year."""
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as connection:
        found = connection.execute(
            """
            select distinct on (province) agency_id, name, map_from_entries(list((fiscal_year, total_shown::double))) as totals
            from agency join assessment using (agency_id) where total_shown is not null
            group by agency_id, name, province having count(*) = $years
            order by province, agency_id desc limit $count""",
            {"years": len(YEARS), "count": count},
        ).fetchall()
    assert len(found) == count, f"only {len(found)} provinces have an agency with every year"
    return [
        Person(lang, agency_id, name, {year: (f"{total:.2f}", f"{total - 1:.2f}") for year, total in totals.items()})
        for lang, (agency_id, name, totals) in zip(cycle(LANGUAGES), found, strict=False)
    ]


def look(person: Person, page: str, year: int, messages: list, others: list[bytes]) -> tuple[list[str], bool]:
    """The faults of what came for a click, and whether it shows the published build."""
    faults = []
    elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    words = Words(person.lang)
    title = f"{words((page or 'overview') + '.page')} · {words('frame.name')}"
    if [message.page_config_changed.title for message in messages if message.HasField("page_config_changed")] != [title]:
        faults.append(f"not titled {title}")
    lists = [element.selectbox for element in elements if element.HasField("selectbox")]
    new = any(person.name + MARK in one.options for one in lists)
    own = next((one for one in lists if person.name + MARK * new in one.options), None)
    if own is None or (own.set_value and own.raw_value != person.name + MARK * new):  # else it shows what it showed before
        faults.append(f"{person.name} is not chosen, but {[one.raw_value for one in lists]}")
    if alerts := [element.alert.body for element in elements if element.HasField("alert") and element.alert.format in (1, 2)]:
        faults.append(f"said: {alerts}")  # errors and warnings
    if any(element.HasField("exception") for element in elements):
        faults.append("an exception")
    everything = b"".join(message.SerializeToString() for message in messages)
    if page not in NAMES_OTHERS:
        faults += [f"shows {other.decode()}" for other in others if other in everything]
        own, marked = everything.count(person.name.encode()), everything.count((person.name + MARK).encode())
        if page not in PRINTED_NAMES and marked != (own if new else 0):
            faults.append("names of two builds in one view")
    if page == "":
        headline = next((element.heading.body for element in elements if element.HasField("heading")), "")
        if person.totals[year][new] not in headline:
            faults.append(f"the total of another build, agency or year: {headline}")
    return [f"{person.lang} /{page} {year}: {fault}" for fault in faults], new


async def click_around(address: str, person: Person, others: list[bytes], seen: Seen, until: float, every: float, seed: int) -> None:
    """One viewer's visit. With `every` 0 the next click follows at once."""
    dice = random.Random(seed)
    headers = {"Accept-Language": person.lang, "Cookie": f"ita_copy={seed + 1:032x}"}
    due = time.monotonic() + dice.uniform(0, every)
    try:
        async with viewer(address, **headers) as session:
            await asyncio.sleep(due - time.monotonic())
            while time.monotonic() < until:
                page, year = dice.choice(PAGES), dice.choice(YEARS)
                begun = time.monotonic()
                messages = await session.see(f"lang={person.lang}&agency={person.agency_id}&year={year}", page)
                ended = time.monotonic()
                faults, new = look(person, page, year, messages, others)
                seen.clicks.append((ended, ended - begun))
                seen.versions.append((begun, ended, new))
                seen.faults += faults
                due += every
                await asyncio.sleep(max(0.0, due - time.monotonic()))
    except Exception as problem:  # whatever ended the visit: a viewer who sees no more is a fault, and the others go on
        seen.faults.append(f"{person.lang} {person.name}: the session ended: {type(problem).__name__} {problem}")


async def all_click(address: str, everybody: list[Person], seconds: float, every: float) -> Seen:
    seen, until = Seen(), time.monotonic() + seconds
    names = [person.name.encode() for person in everybody]
    await asyncio.gather(
        *(
            click_around(address, person, [name for name in names if name != person.name.encode()], seen, until, every, seed)
            for seed, person in enumerate(everybody)
        )
    )
    return seen


def clicking(address: str, everybody: list[Person], seconds: float, every: float):
    """All viewers at work; what it yields is called for what they saw, and waits for them."""
    return aside(all_click, address, everybody, seconds, every)


def held_and_gone(pid: int) -> int:
    """How many database files the process holds open that are in no folder any more."""
    links = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):  # closed meanwhile
            links.append(os.readlink(descriptor))
    return sum("duckdb" in link and link.endswith("(deleted)") for link in links)


async def all_pages(address: str) -> None:
    async with viewer(address) as first:
        await first.see()
        for page in first.pages:
            await first.see(page=page)


def think_and_click(count: int, seconds: float, data: Path, following: Path) -> list[str]:
    """Prints how viewers fared who think, with the database `following` published half way. Returns the faults."""
    everybody = people(data, count)
    with served(SERVERS["make serve"], data) as (port, server, _):
        asyncio.run(all_pages(f"127.0.0.1:{port}"))  # a server that has been up for a while
        memory = []
        start = time.monotonic()
        with clicking(f"127.0.0.1:{port}", everybody, seconds, EVERY) as result:
            for part in range(1, 7):
                time.sleep(max(0.0, start + part * seconds / 6 - time.monotonic() - 0.2))
                memory.append(resident(server))
                if part == 3:
                    before_publishing = time.monotonic()
                    os.replace(following, data / "ita.duckdb")
                    published = time.monotonic()
            seen = result()
        gone = held_and_gone(server.pid)
    taken = [seconds for _, seconds in seen.clicks]
    late = [1 for begun, _, new in seen.versions if begun > published and not new]
    early = [1 for _, ended, new in seen.versions if ended < before_publishing and new]
    row(f"{count} viewers, one click every {EVERY:.0f} s, {seconds:.0f} s: clicks", f"{len(taken):,}")
    row("errors, or another's language, agency or data", f"{len(seen.faults)}", "0")
    middle, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    row("a rerun, median and slowest", f"{middle:.2f}, {max(taken):.2f} s")
    row("a rerun, p95", f"{most:.2f} s", "at most 1 s")
    row("memory after each sixth of the time", " ".join(f"{one:.0f}" for one in memory) + " MB")
    row("memory grown in the last third", f"{memory[5] / memory[3] - 1:+.0%}", "at most +10%")
    row("views of the old build after the new one was published", f"{len(late)}", "0")
    row("views of the new build before it", f"{len(early)}", "0")
    row("views of each build", " ".join(f"{number:,}" for _, number in sorted(Counter(new for *_, new in seen.versions).items())))
    row("files of the old build still held", f"{gone}", "0")
    return seen.faults + ["an old view"] * len(late) + ["a view too early"] * len(early) + ["an old file is held"] * gone


def saturated(copies: int, data: Path, everybody: list[Person], into: Path) -> tuple[float, list[str]]:
    """Reruns a second, and faults, of viewers who click again at once, on so many copies behind nginx."""
    with contextlib.ExitStack() as stack:
        ports = [stack.enter_context(served(SERVERS["make serve"], data))[0] for _ in range(copies)]
        for port in ports:
            asyncio.run(all_pages(f"127.0.0.1:{port}"))
        into.mkdir()
        port, _ = stack.enter_context(nginx_before(ports, into))
        seen = stack.enter_context(clicking(f"127.0.0.1:{port}", everybody, SATURATED, 0))()
    return len(seen.clicks) / SATURATED, seen.faults


def one_copy_and_two(data: Path, into: Path) -> list[str]:
    """Prints what a second copy brings. Returns the faults."""
    if not nginx():
        row("two copies behind nginx", "-", "nginx is not installed")
        return []
    everybody = people(data, IMPATIENT)
    (one, faults), (two, more) = (saturated(copies, data, everybody, into / f"nginx-{copies}") for copies in (1, 2))
    row(f"{IMPATIENT} viewers without a pause, one copy behind nginx", f"{one:.1f} reruns/s")
    row(f"{IMPATIENT} viewers without a pause, two copies behind nginx", f"{two:.1f} reruns/s")
    row(f"two copies against one, on {os.cpu_count()} processors shared with the viewers", f"{two / one:.2f}")
    ratio("one copy / two copies behind nginx, reruns a second", one / two)
    return faults + more


def main(arguments: list[str]) -> int:
    count, seconds = (int(arguments[0]), float(arguments[1])) if arguments else (VIEWERS, SECONDS)
    with tempfile.TemporaryDirectory(dir=folder(NATION).parent) as into:
        data, following = data_with_next(Path(into))
        faults = one_copy_and_two(data, Path(into)) + think_and_click(count, seconds, data, following)
    for fault, number in Counter(faults).most_common(20):
        print(f"{number} x {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
