"""What a sign in a table says of a member's week, where it can mean but one thing."""

import re
from collections.abc import Mapping
from unicodedata import normalize

UNSEEN = re.compile("[\ufe0e\ufe0f\u200b-\u200d\u2060\ufeff]|[\U0001f3fb-\U0001f3ff]")
"""Variation selectors and other signs that only change how one looks."""

SIGNS: Mapping[str, str] = {
    **dict.fromkeys("✅✔✓☑⭕○◯◎O🟢🟩💯🆗👌🌕", "done"),
    **dict.fromkeys("❌✖✗✘❎×X╳🔴🟥🌑", "absent"),
    **dict.fromkeys("🌒🌓🌔🌖🌗🌘◐◑", "partial"),
}
"""Others, such as 🔺, 🟦 or a dash, mean one thing here and another there: they are asked about."""

CODES: Mapping[str, str] = {
    **dict.fromkeys(
        ["white_check_mark", "heavy_check_mark", "ballot_box_with_check", "o", "green_circle", "100", "ok"],
        "done",
    ),
    **dict.fromkeys(
        ["x", "heavy_multiplication_x", "negative_squared_cross_mark", "red_circle", "new_moon"], "absent"
    ),
    "full_moon": "done",
    **dict.fromkeys(["first_quarter_moon", "last_quarter_moon"], "partial"),
}
WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        [
            "제출",
            "출석",
            "참석",
            "완료",
            "통과",
            "제출완료",
            "출석완료",
            "완",
            "done",
            "submitted",
            "present",
            "yes",
            "y",
        ],
        "done",
    ),
    **dict.fromkeys(["지각", "지각제출", "늦음", "늦은제출", "late"], "late"),
    **dict.fromkeys(
        [
            "결석",
            "미제출",
            "불참",
            "미참석",
            "무단결석",
            "미완료",
            "미완",
            "제출안함",
            "안냄",
            "못냄",
            "absent",
            "missing",
            "no",
            "n",
        ],
        "absent",
    ),
    **dict.fromkeys(
        [
            "인정",
            "공결",
            "인정결석",
            "결석인정",
            "유고결석",
            "출석인정",
            "인정출석",
            "결석사유인정",
            "병결",
            "병가",
            "면제",
            "휴가",
            "사유제출",
            "excused",
            "exempt",
        ],
        "excused",
    ),
    **dict.fromkeys(["일부", "일부제출", "부분", "부분제출", "부분완료", "절반", "partial"], "partial"),
}
PENDING = "pending"
COMING: Mapping[str, str] = dict.fromkeys(
    ["예정", "진행중", "작성중", "미정", "tbd", "tba", "todo", "wip", "진행예정"], PENDING
)
PARTS = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
PERCENT = re.compile(r"(\d{1,3})\s*%")
CODE = re.compile(r":([a-z0-9_+-]+):", re.IGNORECASE)


def sign_of(words: str) -> str:
    """A sign for comparing with others: without variation selectors, spaces and letters' case."""
    return "".join(UNSEEN.sub("", normalize("NFKC", words)).split()).upper()


def mark_of(words: str, legend: Mapping[str, str] | None = None) -> str | None:
    """The mark, `pending` where the sign says that nothing is in yet; nothing where it may be another."""
    sign = sign_of(words)
    if legend and sign in legend:
        return legend[sign] or None
    plain = re.sub(r"[()\[\]·.!~]", "", sign).casefold()
    for known in (WORDS, COMING):
        if plain in known:
            return known[plain]
    if code := CODE.fullmatch(sign):
        return CODES.get(code[1].casefold())
    if sign in ("100", "100점", "100%", "100PT"):
        return "done"
    if found := PARTS.fullmatch(sign):
        part, whole = int(found[1]), int(found[2])
        return ("done" if part == whole else "partial") if 0 < part <= whole else None
    if found := PERCENT.fullmatch(sign):
        return "partial" if 0 < int(found[1]) < 100 else None
    return _of_signs(sign)


def _of_signs(sign: str) -> str | None:
    """The mark of one sign, or of one repeated."""
    marks = {SIGNS.get(piece) for piece in sign}
    return marks.pop() if len(marks) == 1 and len(set(sign)) == 1 else None


def answered(text: str) -> str | None:
    """The mark that an answer names, in either language; `pending` for none at all."""
    word = text.strip().casefold()
    if word in ("done", "late", "absent", "excused", "partial", "unknown"):
        return word
    if word == "모름":
        return "unknown"
    if word in (PENDING, "none", "없음", "아직", "예정", "비움"):
        return PENDING
    return WORDS.get("".join(word.split()))
