"""Free fonts for training and for the bench of scans. Two families are kept out of training: only the bench sees them.

Debian's fonts-thai-tlwg, fonts-dejavu-core and fonts-noto-core (the last two for numbers: a report typed in a Thai face may have its
figures in another), and families of npm's @fontsource, whose Thai and Latin halves are merged with fontTools into build/fonts
(`python -m train.fonts` fetches them; npm is needed for that).
"""

import subprocess
import sys
import tarfile
from pathlib import Path

SYSTEM = Path("/usr/share/fonts/truetype/tlwg")
OTHERS = Path("/usr/share/fonts/truetype")  # dejavu and noto
FETCHED = Path(__file__).resolve().parents[1] / "build" / "fonts"
KEPT_OUT = ("Umpush", "Kinnari")
FOR_THRESHOLDS = ("TlwgTypewriter", "anuphan", "noto-serif-thai")  # seen neither by training nor by the bench
FROM_SYSTEM = (
    "Garuda", "Kinnari", "Laksaman", "Loma", "Norasi", "Sawasdee", "TlwgTypist", "TlwgTypo", "TlwgMono", "TlwgTypewriter",
    "Purisa", "Umpush", "Waree",
)  # fmt: skip
FROM_NPM = (
    "sarabun", "kanit", "prompt", "taviraj", "k2d", "bai-jamjuree", "ibm-plex-sans-thai", "anuphan", "chakra-petch", "fahkwang",
    "noto-sans-thai",
    "noto-serif-thai",
)  # fmt: skip
OF_FIGURES = ("dejavu/DejaVuSans", "dejavu/DejaVuSerif", "noto/NotoSans", "noto/NotoSerif")


def fonts() -> dict[str, list[Path]]:
    """Family -> its regular and bold faces, those that are on this machine."""
    found = {family: [SYSTEM / f"{family}.ttf", SYSTEM / f"{family}-Bold.ttf"] for family in FROM_SYSTEM}
    found |= {name.split("/")[1]: [OTHERS / f"{name}{weight}.ttf" for weight in ("", "-Regular", "-Bold")] for name in OF_FIGURES}
    found |= {family: [FETCHED / f"{family}-400.ttf", FETCHED / f"{family}-700.ttf"] for family in FROM_NPM}
    there = {family: [path for path in paths if path.is_file()] for family, paths in found.items()}
    return {family: paths for family, paths in there.items() if paths}


def fetch() -> None:
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    FETCHED.mkdir(parents=True, exist_ok=True)
    for family in FROM_NPM:
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"@fontsource/{family}"], cwd=FETCHED, capture_output=True, text=True, check=True
        )
        with tarfile.open(FETCHED / packed.stdout.split()[-1]) as archive:
            for weight in (400, 700):
                halves = []
                for script in ("thai", "latin"):
                    half = TTFont(archive.extractfile(f"package/files/{family}-{script}-{weight}-normal.woff2"))
                    half.flavor = None
                    halves.append(FETCHED / f"{script}.ttf")
                    half.save(halves[-1])
                Merger().merge([str(half) for half in halves]).save(FETCHED / f"{family}-{weight}.ttf")
    for left in [*FETCHED.glob("*.tgz"), FETCHED / "thai.ttf", FETCHED / "latin.ttf"]:
        left.unlink()


if __name__ == "__main__":
    fetch()
    print(", ".join(fonts()), file=sys.stderr)
