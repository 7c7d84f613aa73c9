"""The pages by their addresses, the screens and languages in which they are opened, and where pictures of them are kept."""

from tests.support.data import ROOT

SCREENS = ROOT / "build" / "screens"  # for a person to look at
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SIZES = {"projector": (1280, 720), "phone": (390, 844)}
LOCALES = {"th": "th-TH", "en": "en-GB"}
ONE = {"agency": "s0001", "year": 2568}  # of the made-up sample


def address(server: str, page: str, **parameters) -> str:
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return f"{server}/{'' if page == 'overview' else page}?{query}"


def keep_picture(shown, name: str, **options) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=SCREENS / f"{name}.png", **options)
