"""Single-file web pages (MHTML), which Word, Excel and web systems write under the names .mht, .doc and .xls: the page that they hold."""

import re

from etl.formats.encoding import decode

_HEADER = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}", re.DOTALL)


def is_mhtml(data: bytes) -> bool:
    """Whether the file begins as an e-mail message whose parts are a page and its pictures.

    >>> is_mhtml(b"MIME-Version: 1.0\\nContent-Type: multipart/related; boundary=x\\n\\n"), is_mhtml(b"<html>")
    (True, False)
    """
    head = _HEADER.match(data[:20_000].removeprefix(b"\xef\xbb\xbf"))
    return bool(head) and re.search(rb"content-type:\s*multipart/(related|alternative|mixed)", head[0], re.IGNORECASE) is not None


def pages(data: bytes) -> list[str]:
    """The text of the page, or of the pages that its frames show (sheets of a workbook)."""
    found = []
    import email  # only now: few files are web archives
    import email.policy

    for part in email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n\t "), policy=email.policy.compat32).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            found.append(_text(part.get_payload(decode=True) or b"", part.get_content_charset()))
    if found and not re.search(r"<frameset\b", found[0], re.IGNORECASE):
        return found[:1]  # what follows are headers and footers of the pages
    return found[1:]


def _text(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(charset or "")
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(payload)
