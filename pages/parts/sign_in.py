"""Who may see the pages. Where the secrets have no [auth] section everybody may, and this costs a look for the file. With one, a page
asks for sign-in by OpenID Connect (Streamlit's own) before it asks for any number; whatever is wrong with the section shuts the pages.
"""

import importlib.util
import time
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

import streamlit as st

from pages.parts import controls
from pages.parts.say.text import Words, plain

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
KNOWN = {*NEEDED, "client_kwargs", "expose_tokens", "allowed", "editors"}
SHORTEST = 32  # letters of the secret that signs the cookies: with fewer, a cookie could be forged by trying
LASTS = 12 * 3600  # seconds from the provider's word (iat): Streamlit's cookie would let a viewer in for thirty days
WANTED = "ita_wanted"  # the cookie that keeps the page and the query of a link over the sign-in
TEN_MINUTES = 600
LONGEST = 3500  # letters of that cookie: browsers take 4096


def passed(words: Words, pages: list, page) -> bool:
    """Whether this viewer may see `page`; else asks for sign-in, or says what is wrong. Just signed in: goes on to the page asked for."""
    if not has_secrets():
        return True
    try:
        settings = dict(st.secrets["auth"]) if st.secrets.load_if_toml_exists() and "auth" in st.secrets else None
        problem = "" if settings is None and st.secrets.load_if_toml_exists() else problems(words, settings)
    except (OSError, TypeError, ValueError):  # may not be read; auth = "..." instead of a section
        settings, problem = None, words("sign_in.unreadable")
    if problem:
        st.title(words("sign_in.closed"), anchor=False)
        st.error(plain(problem))
        controls.display(words)
        return False
    if settings is None:
        return True
    if not signed_in():
        _ask(words, page, settings)
        return False
    if not allowed(st.user.to_dict(), settings.get("allowed")):
        st.title(words("sign_in.not_allowed"), anchor=False)
        st.write(words("sign_in.not_allowed_note"))
        _who(words)
        return False
    _go_on(pages, page)
    _who(words)
    return True


def open_to_all() -> bool:
    """Whether everybody may look, as `passed` decides it: without [auth]. Whatever cannot be read shuts."""
    if not has_secrets():
        return True
    try:
        return bool(st.secrets.load_if_toml_exists()) and "auth" not in st.secrets
    except (OSError, TypeError, ValueError):
        return False


def has_secrets() -> bool:
    return any(Path(file).exists() for file in st.get_option("secrets.files"))


def signed_in() -> bool:
    """Whether the provider said who this is, and not too long ago."""
    return bool(st.user.get("is_logged_in")) and time.time() - (st.user.get("iat") or 0) <= LASTS


def problems(words: Words, settings: dict | None) -> str:
    """What is wrong with the section [auth] (None: the file of the secrets cannot be read), as a sentence; "" where nothing is."""
    if settings is None:
        return words("sign_in.unreadable")
    if wrong := faults(settings):
        return words("sign_in.broken", keys=words.list(wrong))
    return "" if importlib.util.find_spec("authlib") else words("sign_in.no_library")


def faults(settings: dict) -> list[str]:
    """The keys of [auth] that are missing, of no use, or not known: a misspelt `allowed` would let everybody in."""
    strings = [name for name in NEEDED if not isinstance(settings.get(name), str) or not settings[name].strip()]
    for name in ("allowed", "editors"):
        listed = settings.get(name, ["@"])
        if not isinstance(listed, list) or not listed or any(not isinstance(one, str) or "@" not in one for one in listed):
            strings.append(name)
    if "cookie_secret" not in strings and len(settings["cookie_secret"]) < SHORTEST:
        strings.append("cookie_secret")
    return strings + sorted(set(settings) - KNOWN)


def allowed(user: dict, listed: list[str] | None) -> bool:
    """Whether the list lets this user in: by address (a@b) or by all addresses of a domain (@b). Without a list everybody who signed in;
    an address that the provider says is not verified never (false; some send the word)."""
    address = str(user.get("email") or "").strip().lower()
    if listed is None:
        return True
    if str(user.get("email_verified")).lower() == "false" or address.count("@") != 1:
        return False
    return any(address.endswith(one) if one.startswith("@") else address == one for one in (str(one).strip().lower() for one in listed))


def _ask(words: Words, page, settings: dict) -> None:
    """The page that a stranger sees instead of `page`."""
    _keep_wanted(page)
    st.title(words("sign_in.title"), anchor=False)
    st.write(words("sign_in.why"))
    if st.button(words("sign_in.button"), type="primary", icon=":material/login:"):
        if _answers(settings["server_metadata_url"]):
            st.login()
        else:
            st.error(words("sign_in.unreachable"))
    controls.display(words)


def _answers(address: str) -> bool:
    """Whether the provider is there: Streamlit's own way there would end on a page with two English words."""
    httpx = importlib.import_module("httpx")  # only now: it comes with Authlib and takes a tenth of a second
    try:
        return "authorization_endpoint" in httpx.get(address, timeout=5, follow_redirects=True).raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError):
        return False


def _keep_wanted(page) -> None:
    """Keeps the page and its query in a cookie of this site, as the provider sends everybody back to the front page. Whoever comes to the
    front page without a query keeps what was wanted before: the provider sent them back without having let them in."""
    query = urlencode(st.query_params.to_dict())
    if page.url_path or query:
        wanted = quote(f"{page.url_path}?{query}", safe="")
        _cookie(wanted if len(wanted) <= LONGEST else quote(page.url_path, safe=""), TEN_MINUTES)


def _go_on(pages: list, page) -> None:
    """Once, in the first run after signing in: to the page and query of the cookie. Only a page of ours can be named there."""
    if "signed_in" in st.session_state:
        return
    st.session_state["signed_in"] = True
    path, _, query = unquote(st.context.cookies.get(WANTED, "")).partition("?")
    found = next((one for one in pages if one.url_path == path), None)
    if st.context.cookies.get(WANTED) and found and not page.url_path and not st.query_params:
        st.session_state["forget_wanted"] = True
        st.switch_page(found, query_params=dict(parse_qsl(query)))


def _who(words: Words) -> None:
    """Who is signed in, and the way out."""
    if st.session_state.pop("forget_wanted", False):
        _cookie("", 0)
    name = next((str(st.user[one]) for one in ("name", "preferred_username", "email", "sub") if st.user.get(one)), "")
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="signed_in_as"):
        st.caption(plain(name[:60]), width="content")
        if st.button(words("sign_in.out"), type="tertiary", icon=":material/logout:", key="sign_out"):
            st.logout()


def _cookie(value: str, seconds: int) -> None:
    """`value` is percent-encoded: it can neither end the script nor the cookie."""
    secure = "location.protocol === 'https:' ? ';Secure' : ''"
    st.html(
        f"<script>document.cookie = '{WANTED}={value};path=/;max-age={seconds};SameSite=Lax' + ({secure})</script>",
        unsafe_allow_javascript=True,
    )
