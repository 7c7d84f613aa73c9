"""People who check documents at once, each a document of their own, over websockets with the messages of the checking screen
(pages/parts/desk/wire.js): what a server does for them, without as many browsers on the machine that is measured.
"""

import asyncio
import itertools
import json
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

from bench._aside import aside
from deploy.visit import viewer

TRIGGER = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{{}}__events"  # as Streamlit's browser names what a component sends
EVERY = 1.0  # seconds from one change to the next, faster than anybody checks
PAGES_EVERY = 10  # changes from one page of the document that is asked for to the next


@dataclass
class Kept:
    """What the people saw: when each change was kept and seconds from it to that, and faults in words."""

    changes: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def component(messages: list[ForwardMsg], name: str) -> tuple[ForwardMsg, dict] | None:
    """The last of these messages that draws the component of this name, and what it was given."""
    for message in reversed(messages):
        if message.WhichOneof("type") == "delta" and message.delta.new_element.bidi_component.component_name == name:
            return message, json.loads(message.delta.new_element.bidi_component.json)
    return None


def changes_of(work: dict, seed: int):
    """A person's changes without an end: cells confirmed, a status chosen, the last one taken back."""
    chance, measures, last = random.Random(seed), [row for row in work["rows"] if row["record"] == "measure"], "back"
    for n in itertools.count(1):
        row, last = chance.choice(measures), chance.choice(["confirm", "set"] + ["back"] * (last != "back"))
        what = {"n": n, "id": f"{seed}-{n}", "did": last}
        cell = {"row": row["row"], "column": "status", "from": row["status"]}
        chosen = {"to": "completed", "also": {"status_basis": "inferred"}}
        yield what | {"confirm": cell, "set": cell | chosen, "back": {"of": n - 1}}[last]


async def check(address: str, draft: str, until: float, seed: int, seen: Kept) -> None:
    """One person at the screen, to the end: every answer has to be of their own draft and of no other."""
    chance = random.Random(seed)
    own = f"{draft}: "
    try:
        async with viewer(address, **{"Accept-Language": "th"}) as session:
            await session.see()
            messages = await session.see(f"draft={draft}&lang=th", "add")
            _, work = component(messages, "check")
            drawn, heard = component(messages, "check_wire")
            strangers = [row["row"] for row in work["rows"] if row["record"] == "measure" and f"ชุดที่ {seed} " not in row["title"]]
            if work["draft"] != draft or strangers:
                seen.faults.append(own + "shows another document")
            trigger, fragment = TRIGGER.format(drawn.delta.new_element.bidi_component.id), drawn.delta.fragment_id
            due = time.monotonic() + chance.uniform(0, EVERY)
            for serial, change in enumerate(changes_of(work, seed), 1):
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                if time.monotonic() >= until:
                    break
                due += chance.uniform(0.5, 1.5) * EVERY
                wanted = [] if serial % PAGES_EVERY else [chance.choice(work["pages"]["pages"])["page"]]
                told = {"draft": draft, "changes": [change], "pages": wanted, "serial": serial}
                state = ClientState(query_string=f"draft={draft}&lang=th", page_script_hash=session.pages["add"], fragment_id=fragment)
                state.widget_states.widgets.add(id=trigger, json_trigger_value=json.dumps([{"event": "told", "value": told}]))
                begun = time.monotonic()
                await session.socket.send(BackMsg(rerun_script=state).SerializeToString())
                while heard.get("serial") != serial:
                    message = ForwardMsg.FromString(await asyncio.wait_for(session.socket.recv(), 15))
                    _, heard = component([message], "check_wire") or (None, heard)
                ended = time.monotonic()
                seen.changes.append((ended, ended - begun))
                if heard["draft"] != draft or heard["epoch"] != work["epoch"] or heard.get("refused") or heard["kept"] != serial:
                    seen.faults.append(f"{own}answered { ({name: heard.get(name) for name in ('draft', 'kept', 'refused')}) } to {serial}")
                if any(f"ชุดที่ {seed} " not in page.get("html", "") for page in heard["pages"]) or len(heard["pages"]) != len(wanted):
                    seen.faults.append(own + "a page of another document")
    except Exception as problem:  # whatever ended it: a person who is heard of no more is a fault, and the others go on
        seen.faults.append(f"{own}the session ended: {type(problem).__name__} {problem}")


async def _all_check(address: str, drafts: dict[int, str], seconds: float) -> Kept:
    seen, until = Kept(), time.monotonic() + seconds
    await asyncio.gather(*(check(address, draft, until, number, seen) for number, draft in drafts.items()))
    return seen


def checking(address: str, drafts: dict[int, str], seconds: float):
    """Everybody at work on their draft (number of the report -> draft); what it yields is called for what they saw, and waits for them."""
    return aside(_all_check, address, drafts, seconds)


def processor(pid: int) -> float:
    """Seconds that the process has had a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
