"""Which language a browser reads."""

from bot.texts import LANGUAGES


def preferred(accepted: str) -> str:
    """The first of our languages in an Accept-Language header, by weight; else Korean."""
    weighed = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, parameter = part.strip().partition(";")
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES:
            weighed.append((-_weight(parameter), place, language))
    return min(weighed)[2] if weighed else LANGUAGES[0]


def _weight(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q="))
    except ValueError:
        return 1.0
