"""Every command with every role: who may, who may not, and that a no writes nothing (DESIGN.md section 5)."""

from dataclasses import dataclass, field

import pytest

from bot.commands.command import Commands
from bot.commands.message import Button, Tone
from bot.commands.parsing import parse
from bot.texts import T
from tests.conversation import Conversation

COMMANDS = Commands.in_package("cogs")
ROLES = {"stranger": "나그네", "member": "구미진", "treasurer": "이은빈", "leader": "장서진"}
LINK = "https://example.org/3"


@dataclass(frozen=True)
class Row:
    """A line, and the key of the no for each role that may not say it."""

    command: str
    arguments: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    place: str = "here"

    @property
    def line(self) -> str:
        return f"/{self.command} {self.arguments}".strip()

    def button(self, study: int | None = None) -> Button:
        """A button that says the line, with what only buttons carry."""
        parsed = parse(self.line, COMMANDS)
        return Button(T("as-name", name=""), self.command, parsed.arguments | self.flags, study)


ANYBODY: dict[str, str] = {}
MEMBERS = {"stranger": "not-a-member"}
LEADERS = {"stranger": "not-a-member", "member": "not-allowed", "treasurer": "not-allowed"}
TREASURERS = {"stranger": "not-a-member", "member": "not-allowed-treasurer"}
OTHERS_TURN = {"stranger": "not-a-member", "member": "not-allowed", "treasurer": "not-allowed"}
FOR_ANOTHER = {
    "stranger": "not-a-member",
    "member": "submit-for-other-leader",
    "treasurer": "submit-for-other-leader",
}

TABLE = [
    Row("submit", LINK, MEMBERS),
    Row("submit", f"{LINK} note=대신 who=한현경", FOR_ANOTHER),
    Row("withdraw", "week=3", MEMBERS),
    Row("withdraw", "week=3 who=한현경", LEADERS),
    Row("homework", "", ANYBODY),
    Row("homework", "1", ANYBODY),
    Row("fines", "2022-04", ANYBODY),
    Row("fines", "2022-04", MEMBERS, {"to_all": "yes"}),
    Row("mine", "", MEMBERS),
    Row("notify", "dm", MEMBERS),
    Row("guide", "", ANYBODY),
    Row("guide", "week plan", ANYBODY),
    Row("study start", "또 2022-04-06 12", dict.fromkeys(ROLES, "study-running-here")),
    Row("study show", "", ANYBODY),
    Row("study settings", "", LEADERS),
    Row("study settings", "late=1000", LEADERS),
    Row("study join", "손님", dict.fromkeys(("member", "treasurer", "leader"), "already-in")),
    Row("study leave", "", {"stranger": "not-a-member", "leader": "last-leader"}),
    Row("study add", "새사람", LEADERS),
    Row("study add", "새사람 안민우", LEADERS),
    Row("study remove", "문수인", LEADERS),
    Row("study role", "문수인 treasurer", LEADERS),
    Row("week plan", "읽기", LEADERS),
    Row("week excuse", "문수인 3 아파서", LEADERS),
    Row("break add", "2022-05-18 2022-05-24 축제", LEADERS),
    Row("break list", "", ANYBODY),
    Row("break remove", "2022-06-08", LEADERS),
    Row("week extend", "3 2022-05-11 09:00 정전", LEADERS),
    Row("week extend", "3 2022-05-11 09:00 병원 who=문수인", LEADERS),
    Row("week note", "좋은 질문이 많았다", MEMBERS),
    Row("week note", "트랜스포머 kind=lecture week=2", MEMBERS),
    Row("week log", "", ANYBODY),
    Row("week log", "week=2", ANYBODY),
    Row("research", "mlflow", MEMBERS),
    Row("board", "", ANYBODY),
    Row("blog", "", ANYBODY),
    Row("blog", "3", ANYBODY),
    Row("blog", f"week=3 link={LINK}", OTHERS_TURN),
    Row("turn order", "문수인, 구미진, 장서진, 한현경, 이은빈", LEADERS),
    Row("turn swap", "7 9", OTHERS_TURN),
    Row("turn skip", "5", LEADERS),
    Row("turn done", f"{LINK} week=3", OTHERS_TURN),
    Row("ledger waive", "문수인 착오 week=2", TREASURERS),
    Row("ledger charge", "문수인 1000 간식", TREASURERS),
    Row("ledger paid", "문수인", TREASURERS),
    Row("ledger settle", "2022-05", dict.fromkeys(("treasurer", "leader"), "settle-too-early") | TREASURERS),
    Row(
        "ledger settle",
        "2022-05",
        dict.fromkeys(("treasurer", "leader"), "settle-too-early") | TREASURERS,
        {"sure": "yes"},
    ),
    Row("ledger history", "", ANYBODY),
    Row("question show", "", ANYBODY),
    Row("question open", "", LEADERS | {"leader": "questions-open"}),
    Row("question close", "", LEADERS),
    Row("records import", "", dict.fromkeys(ROLES, "study-running-here")),
    Row("records export", "csv", ANYBODY),
    Row("records export", "page", MEMBERS),
    Row("records export", "json", LEADERS),
    Row("records calendar", "off", MEMBERS),
    Row("records connect", "ku/mlops", LEADERS | {"leader": "github-not-set-up"}),
    Row("records publish", "", LEADERS | {"leader": "github-not-set-up"}),
    Row("records disconnect", "", LEADERS | {"leader": "github-not-connected"}),
    Row("study move", "", LEADERS | {"stranger": "no-study"}, place="another channel"),
    Row("study end", "", LEADERS),
    Row("study end", "", LEADERS, {"sure": "yes"}),
]


def test_every_command_has_a_row() -> None:
    assert {row.command for row in TABLE} == set(COMMANDS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: " ".join([row.line, *row.flags]))
async def test_a_role_may_say_it_or_is_told_why_not(week_3: Conversation, row: Row, role: str) -> None:
    who, before = ROLES[role], week_3.rows()
    reply = await week_3.presses(who, row.button(), place=row.place)
    if no := row.refused.get(role):
        week_3.refused(who, no)
        assert week_3.rows() == before
    else:
        assert reply.message.tone is Tone.INFO
