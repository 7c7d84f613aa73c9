"""The facts of one agency and year on its overview: what each asks, and a sentence of each, from the frames of the pages that show more."""

from pandas import DataFrame

from pages.parts.reckon import steps
from pages.parts.say.sentences import say
from pages.parts.say.text import Words

MISSING = "missing"  # the card of all that cannot be said
BY_RULES = ("movers", "next_step")  # need the weights and levels of the year
WIDE = ("aim", MISSING)  # cards over the whole width, beneath the short ones


def questions(agency_id: str, year: int) -> dict[str, dict]:
    """What the overview asks of one agency and year: word -> parameters of its query."""
    one = {"agency": agency_id, "year": year}
    words = ("verdict", "change_waterfall", "completion_rate", "aim", "path")
    return dict.fromkeys(words, one) | {
        "path_levels": {"year": year},
        "unconfirmed": {"year": year},
        "indicator_multiples": {"agency": agency_id},
    }


def of(found: dict[str, DataFrame], words: Words) -> dict[str, tuple[str, str]]:
    """What one minute has room for: word -> its name and a sentence, from the frames of `questions`; what cannot be said comes last, in one
    sentence (MISSING)."""
    frames = {
        "movers": found["change_waterfall"],
        "standing": found["verdict"],
        "completion_rate": found["completion_rate"],
        "next_step": steps.next_path(found["path"], found["path_levels"]),
        "aim": found["aim"],
    }
    at_best = frames["standing"]["next_th"].isna().iloc[0]  # then no next step is missing
    facts = {word: (words(f"{word}.title"), say(word, frame, words)) for word, frame in frames.items() if len(frame)}
    missing = [word for word in frames if word not in facts and not (word == "next_step" and at_best)]
    wait = [word for word in missing if word in BY_RULES and len(found["unconfirmed"])]
    said = [
        words(f"overview.{what}", facts=words.list(words(f"{word}.title") for word in some))
        for what, some in (("wait", wait), ("load", [word for word in missing if word not in wait]))
        if some
    ]
    if said:
        facts[MISSING] = words("overview.missing"), " ".join(said)
    return facts
