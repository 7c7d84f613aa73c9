"""LibreOffice, where it is installed: Word files as PDF, set in the free Sarabun that ships, whatever fonts the machine has."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.support.data import ROOT

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


def office() -> str | None:
    """The program; None where it is not installed."""
    return shutil.which("soffice")


def as_pdf(files: list[Path], folder: Path) -> list[Path]:
    """Each file as a PDF in the folder, all in one start of the program. AssertionError: one of them could not be opened."""
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=ROOT / "static", cache=folder / "fonts"), encoding="utf-8")
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # beside another LibreOffice that runs it would do nothing
    command = [office(), own, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
    done = subprocess.run(list(map(str, command)), env=os.environ | {"FONTCONFIG_FILE": str(fonts)}, capture_output=True, timeout=600)
    made = [folder / f"{file.stem}.pdf" for file in files]
    assert all(one.is_file() for one in made), (done.stdout + done.stderr).decode("utf-8", "replace")
    return made
