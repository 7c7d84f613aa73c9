"""Who may add and correct reports, and how much of it.

On one's own machine (`make run`: the server answers this machine alone) everybody. On a server for others, which says so by the
environment variable ITA_SHARED (deploy/serve.py sets it) or by its address, only people who are signed in and whom the secrets list:
`[auth] editors = ["a@b", "@b"]`. Without sign-in nobody. Where the secrets ask for sign-in, their list decides on any machine.
"""

import getpass
import os

import streamlit as st

from pages.parts import sign_in

OWN = {"localhost", "127.0.0.1", "::1"}  # addresses that no other machine reaches

# The one place of the limits; `[add]` in the secrets sets others. Of a file: megabytes (Streamlit's own limit is server.maxUploadSize) and
# pages; how many are dropped at a time, and may wait. Of reading: at once on this server, minutes and megabytes of memory of one.
LIMITS = {"megabytes": 20, "pages": 300, "files": 20, "drafts": 200, "readings": 2, "minutes": 10, "memory": 2000}


def limits() -> dict[str, int]:
    given = _section("add") or {}
    return {name: given[name] if isinstance(given.get(name), int) and given[name] > 0 else value for name, value in LIMITS.items()}


def may() -> bool:
    """Whether this viewer may add reports. Whatever is wrong with the secrets: nobody may."""
    try:
        settings = _section("auth")
    except (OSError, TypeError, ValueError):
        return False
    if settings is None:
        return own_machine()
    if not sign_in.signed_in() or sign_in.faults(settings) or "editors" not in settings:
        return False
    user = st.user.to_dict()
    return sign_in.allowed(user, settings.get("allowed")) and sign_in.allowed(user, settings["editors"])


def own_machine() -> bool:
    """Whether the server answers this machine alone, and was asked by it: a proxy in front would let others in."""
    asked = st.context.headers.get("Host") or "localhost"
    through = any(st.context.headers.get(name) for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"))
    here = asked.removeprefix("[").split("]")[0].rsplit(":", asked.count(":") == 1)[0] in OWN
    return not os.environ.get("ITA_SHARED") and st.get_option("server.address") in OWN and here and not through


def who() -> str:
    """Under what name this viewer's changes are kept: the address of the sign-in, else the name on this machine."""
    if getattr(st.user, "is_logged_in", False):
        return str(st.user.get("email") or st.user.get("sub") or "")[:200]
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _section(name: str) -> dict | None:
    if not sign_in.has_secrets():
        return None
    if not st.secrets.load_if_toml_exists():
        raise ValueError("the secrets cannot be read")
    return dict(st.secrets[name]) if name in st.secrets else None
