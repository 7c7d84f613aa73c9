"""The group that an agency is compared with, as the URL holds it: `with=a0001,a0002`, `weights=type:1,total:3`. No widgets, no database."""

from pages.parts.say.text import Words

WEIGHTS = ("type", "province", "region", "total", "profile", "size", "area", "distance")  # in the order of queries/compare_alike.sql
HEAVIEST = 5


def listed(given: str, agency: str) -> list[str]:
    """The ids of `with`, each once and never the agency itself, in their order."""
    return [one for one in dict.fromkeys(filter(None, given.split(","))) if one != agency]


def weighed(given: str) -> tuple[dict[str, int], list[str]]:
    """The weights of `weights` (whole numbers 0 to 5; what is not named weighs nothing), and what of it is no weight."""
    weights, wrong = dict.fromkeys(WEIGHTS, 0), []
    for part in filter(None, given.split(",")):
        name, _, number = part.partition(":")
        if name in weights and number in {str(one) for one in range(HEAVIEST + 1)}:
            weights[name] = int(number)
        else:
            wrong.append(part)
    return weights, wrong


def written(weights: dict[str, int]) -> str:
    """`weights` as the URL holds them; empty where nothing weighs."""
    return ",".join(f"{name}:{weight}" for name, weight in weights.items() if weight)


def why(frame, weights: dict[str, int] | None, agency_type: str | None, province: str | None, words: Words) -> str:
    """The line that says why these: `frame` has the columns of queries/compare_peers.sql or compare_alike.sql."""
    if frame.empty:
        return words("compare.why_none")
    basis = frame["basis"].iloc[0]
    said = ", ".join(f"{words(f'weight.{name}')} {words.written(weight)}" for name, weight in (weights or {}).items() if weight)
    return words(
        f"compare.why_{basis}",
        n=len(frame),
        known=int(frame["total"].notna().sum()),
        weights=said,
        type=agency_type or words("number.unknown"),
        province=province or words("number.unknown"),
    )
