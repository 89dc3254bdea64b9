"""The sample: the Study-MLOps group of 2022 on the evening before its first week (seeds/)."""

from datetime import UTC, date, datetime

from bot.doors.playground.stage import CHANNEL, DOOR, WORKSPACE
from bot.services import studies, weeks
from bot.services.scope import Caller, Role
from bot.services.studies import Founder, Plan
from bot.services.weeks import Planning
from db import Session

BEGINS = datetime(2022, 4, 5, 12, tzinfo=UTC)
"""2022-04-05 21:00 in Seoul."""

NAME = "Study-MLOps"
MEMBERS = ("장서진", "구미진", "이은빈", "한현경", "문수인")
TURNS = ("이은빈", "문수인", "한현경", "장서진", "구미진")
BREAKS = {
    "ko": (
        (date(2022, 4, 13), date(2022, 4, 26), "중간고사"),
        (date(2022, 6, 8), date(2022, 6, 21), "기말고사"),
    ),
    "en": (
        (date(2022, 4, 13), date(2022, 4, 26), "midterm exams"),
        (date(2022, 6, 8), date(2022, 6, 21), "final exams"),
    ),
}
HOMEWORK = {
    "ko": (
        "Full Stack Deep Learning 강의를 듣고 배운 내용을 자유롭게 기록하기",
        "Lab(실습), Reading",
    ),
    "en": (
        "Watch the Full Stack Deep Learning lecture and write up what you learned",
        "Lab, Reading",
    ),
}
TITLE = "Fundamentals"


def person(name: str, study_id: int | None = None) -> Caller:
    """Somebody in the playground; what they are called is their account."""
    return Caller(DOOR, WORKSPACE, CHANNEL, name, name, study_id)


ROLES = {"장서진": Role.LEADER, "이은빈": Role.TREASURER}


async def load(session: Session, language: str) -> None:
    """Start the sample's study with its members, rules, breaks, blog order and first homework."""
    leader = person(MEMBERS[0])
    founders = [Founder(name, name, ROLES.get(name, Role.MEMBER)) for name in MEMBERS]
    plan = Plan(
        NAME,
        date(2022, 4, 6),
        12,
        language=language,
        breaks=BREAKS[language],
        members=founders,
        turns=TURNS,
    )
    await studies.start(session, leader, plan, BEGINS)
    text, optional = HOMEWORK[language]
    await weeks.plan(session, leader, Planning(text, TITLE, optional, week=1), BEGINS)
