"""Input that is refused: one clear private line that says what to do instead, and nothing is written."""

import pytest

from bot.commands.command import Commands
from tests.conversation import Conversation

LEADER, MEMBER, MISSING, STRANGER = "장서진", "구미진", "문수인", "나그네"
LINK = "https://example.org/3"
LONG = "가" * 3_000

BY_LEADER = {
    # links
    "/submit example.org/3": "not-a-link",
    "/submit ftp://example.org/3": "not-a-link",
    "/submit javascript:alert(1)": "not-a-link",
    "/submit JaVaScRiPt://example.org/%0aalert(1)": "not-a-link",
    "/submit data:text/html,<script>": "not-a-link",
    "/submit http://": "not-a-link",
    "/submit https:///path": "not-a-link",
    "/submit https://example.org:99999/": "not-a-link",
    "/submit http://[::1": "not-a-link",
    '/submit "https://example.org/a b"': "not-a-link",
    '/submit https://example.org/"onclick="x': "not-a-link",
    '/submit ""': "not-a-link",
    '/submit "   "': "not-a-link",
    "/submit": "incomplete",
    f"/submit https://example.org/{LONG}": "link-too-long",
    f"/submit {LINK} {LINK}": "too-many-words",
    # weeks
    f"/submit {LINK} week=4": "week-not-open",
    f"/submit {LINK} week=12": "week-not-open",
    f"/submit {LINK} week=13": "no-such-week",
    f"/submit {LINK} week=0": "no-such-week",
    f"/submit {LINK} week=-1": "not-a-week",
    f"/submit {LINK} week=1.5": "not-a-week",
    f"/submit {LINK} 주차=셋": "not-a-week",
    f"/submit {LINK} week=٣": "not-a-week",
    "/homework 99": "no-such-week",
    "/homework next": "not-a-week",
    "/withdraw week=4": "week-not-open",
    "/withdraw week=1": "withdraw-after-close",
    "/week plan 읽기 week=0": "no-such-week",
    "/week log week=99": "no-such-week",
    "/week log remove=99": "no-such-note",
    "/week log remove=셋": "not-in-range",
    "/week note 고침 entry=99": "no-such-note",
    "/week note 고침 entry=0": "not-in-range",
    "/week note 좋음 kind=text": "not-a-choice",
    "/week excuse 문수인 99 아파서": "no-such-week",
    # people
    f"/submit {LINK} who=나그네 note=대신": "no-such-member",
    f"/submit {LINK} who=한현경": "submit-for-other-note",
    "/week excuse 나그네 3 아파서": "no-such-member",
    "/study remove 나그네": "no-such-member",
    "/study remove @everyone": "no-such-member",
    "/study remove ''": "no-such-member",
    '/study remove "문수인\n한현경"': "no-such-member",
    f"/study remove {LONG}": "no-such-member",
    "/study remove 장서진": "last-leader",
    "/study role 장서진 member": "last-leader",
    "/study role 구미진 member": "role-unchanged",
    "/study role 구미진 king": "not-a-choice",
    "/study role 나그네 leader": "no-such-member",
    "/study add 구미진": "is-in-already",
    "/study add U1 구미진": "name-taken",
    "/study add @everyone": "calls-everybody",
    "/study add @here": "calls-everybody",
    '/study add U1 "a, b"': "not-a-name",
    "/study add U1 @구미진": "not-a-name",
    "/study add U1 /submit": "not-a-name",
    f"/study add U1 {LONG}": "text-too-long",
    "/study leave": "last-leader",
    "/study join": "already-in",
    # texts
    '/week plan ""': "empty-text",
    "/week plan": "incomplete",
    f"/week plan {LONG}": "text-too-long",
    "/week plan @everyone 읽기": "calls-everybody",
    "/week plan @everyone은 읽기": "calls-everybody",
    "/week plan 읽기 <!channel>": "calls-everybody",
    "/week plan 읽기\u202e기읽": "unseen-characters",
    "/week plan 읽기\x00": "unseen-characters",
    '/week plan 읽기 title="두\n줄"': "unseen-characters",
    f"/week plan 읽기 title={LONG}": "text-too-long",
    f"/submit {LINK} note=@here": "calls-everybody",
    f"/submit {LINK} note={LONG}": "text-too-long",
    "/week excuse 문수인 3 @everyone": "calls-everybody",
    f"/break add 2022-05-18 2022-05-24 {LONG}": "text-too-long",
    # days
    "/break add 2022-02-30 2022-05-24 축제": "no-such-date",
    "/break add 2022-13-01 2022-05-24 축제": "no-such-date",
    "/break add 내일 모레 축제": "not-a-date",
    "/break add 2022-05-18": "incomplete",
    "/break add 2022-05-06 2022-05-08 축제": "break-too-early",
    "/break add 2022-05-01 2022-05-20 축제": "break-too-early",
    "/break add 2022-05-10 2022-05-30 축제": "break-too-early",
    "/break add 2022-05-24 2022-05-18 축제": "break-backwards",
    "/break add 2022-06-01 2022-06-08 축제": "break-overlaps",
    "/break add 2022-06-10 2022-06-12 축제": "break-overlaps",
    "/break add 2022-06-21 2022-07-01 축제": "break-overlaps",
    "/break add 2022-05-18 2023-05-19 축제": "break-too-long",
    "/break add 2022-06-08 9999-12-31 기말": "break-too-long",
    "/break add 9999-12-30 9999-12-31 축제": "starts-out-of-range",
    "/break add 2022-04-13 2022-05-30 중간": "break-over",
    "/break remove 2022-04-13": "break-over",
    "/break remove 2022-05-18": "no-such-break",
    "/break remove 0000-01-01": "no-such-date",
    "/fines 2022-13": "not-a-month",
    "/fines 0000-01": "not-a-month",
    "/fines 4월": "not-a-month",
    # cutoffs put off
    "/week extend 3 2022-05-11 00:00 정전": "extend-too-early",
    "/week extend 3 2022-05-04 정전": "extend-too-early",
    "/week extend 3 2022-05-18 00:01 정전": "extend-too-late",
    "/week extend 3 2022-05-18 정전": "extend-too-late",
    "/week extend 3 내일 정전": "not-a-date",
    "/week extend 3 2022-05-11 25:00 정전": "not-a-moment",
    "/week extend 3 0001-01-01 정전": "no-such-date",
    "/week extend 99 2022-05-11 09:00 정전": "no-such-week",
    "/week extend 3 2022-05-11 09:00": "incomplete",
    "/week extend 3 2022-05-11 09:00 정전 who=나그네": "no-such-member",
    # turns
    "/turn order 장서진, 장서진": "named-twice",
    "/turn order 장서진, 나그네": "no-such-member",
    "/turn order ,": "empty-text",
    "/turn order": "incomplete",
    "/turn swap 3 5": "turn-fixed",
    "/turn swap 5 5": "swap-same",
    "/turn swap 5 10": "swap-same",
    "/turn swap 5 13": "no-such-turn",
    "/turn swap 0 5": "no-such-turn",
    "/turn skip 1": "turn-fixed",
    "/turn skip 99": "no-such-turn",
    "/turn done example.org": "not-a-link",
    f"/turn done {LINK}": "no-turn-yet",
    f"/turn done {LINK} week=7": "turn-not-open",
    "/blog 13": "no-such-turn",
    "/blog link=javascript:alert(1)": "not-a-link",
    # money
    "/ledger waive 구미진 착오": "which-entry",
    "/ledger waive 구미진 착오 week=3": "nothing-to-waive",
    "/ledger waive 구미진 착오 entry=999": "no-such-entry",
    "/ledger waive 구미진 착오 entry=0": "not-in-range",
    "/ledger waive 나그네 착오": "no-such-member",
    "/ledger waive 구미진": "incomplete",
    "/ledger charge 구미진 0 간식": "charge-nothing",
    "/ledger charge 구미진 -5 간식": "not-an-amount",
    "/ledger charge 구미진 9999999 간식": "not-an-amount",
    "/ledger charge 나그네 1000 간식": "no-such-member",
    f"/ledger charge 구미진 1000 {LONG}": "text-too-long",
    "/ledger paid 장서진": "nothing-to-pay",
    "/ledger paid 문수인 999999": "paid-too-much",
    "/ledger paid 문수인 0": "charge-nothing",
    "/ledger paid 문수인 month=2022-05": "nothing-to-pay",
    "/ledger paid 나그네": "no-such-member",
    "/ledger settle 2022-04": "settled-already",
    "/ledger settle 2022-06": "settle-not-begun",
    "/ledger settle 2023-01": "no-such-month",
    "/ledger settle": "settle-too-early",
    "/ledger history 나그네": "no-such-member",
    "/ledger history month=4월": "not-a-month",
    # records
    "/records connect ku/mlops": "github-not-set-up",
    "/records connect mlops": "github-not-a-repository",
    "/records connect ku/mlops path=../x": "github-not-a-path",
    "/records connect ku/mlops labels=,": "github-not-labels",
    "/records connect ku/mlops assignee=a_b": "github-not-a-name",
    "/records publish": "github-not-set-up",
    "/records disconnect": "github-not-connected",
    "/records import": "study-running-here",
    "/records import 표가 없는 글": "too-many-words",
    '/records import text="표가 없는 글"': "study-running-here",
    "/records export": "incomplete",
    "/records calendar": "calendar-no-site",
    "/records calendar 매일": "not-a-choice",
    "/records export pdf": "not-a-choice",
    # questions, notes
    "/question open": "questions-open",
    "/question open now": "takes-nothing",
    f"/research {LONG}": "text-too-long",
    "/week note": "incomplete",
    "/week note 좋았다 week=5": "week-not-open",
    "/week note 좋았다 week=99": "no-such-week",
    "/board now": "takes-nothing",
    "/study move": "already-here",
    "/study move now": "takes-nothing",
    "/study end now": "takes-nothing",
    "/study settings questions=maybe": "not-a-choice",
    # settings
    "/study settings late=-1": "not-an-amount",
    "/study settings absent=-4000": "not-an-amount",
    "/study settings late=1000001": "not-an-amount",
    "/study settings late=1.5": "not-an-amount",
    "/study settings late=많이": "not-an-amount",
    f"/study settings late={'9' * 3_000}": "not-an-amount",
    "/study settings due=24:01": "not-a-time",
    "/study settings due=noon": "not-a-time",
    "/study settings close=12:60": "not-a-time",
    "/study settings reminders=often": "not-a-reminder",
    '/study settings reminders="due 9m"': "not-a-reminder",
    '/study settings reminders="due 7d"': "not-a-reminder",
    '/study settings reminders=","': "too-many-reminders",
    '/study settings reminders="due 1h,due 2h,due 3h,due 4h,due 5h,due 6h,due 7h"': "too-many-reminders",
    "/study settings late=1000 due=25:00": "not-a-time",
    # choices, options, commands
    "/notify loud": "not-a-choice",
    f"/notify {LONG}": "not-a-choice",
    "/notify": "incomplete",
    "/fines month=2022-04 color=red": "unknown-option",
    "/submit 색=빨강": "unknown-option",
    "/break add 2022-05-18 색=빨강 2022-05-24 축제": "unknown-option",
    f"/submit {LINK} week=3 week=3": "too-many-words",
    "/week plan 읽기 week=3 week=4": "too-many-words",
    '/fines "2022-\u202e40"': "not-a-month",
    '/fines "2022\n04"': "not-a-month",
    "/mine please": "takes-nothing",
    "/mine week=3": "takes-nothing",
    "/homework 2 3": "not-a-week",
    "/guide dance": "unknown-command",
    "/dance": "unknown-command",
    f"/{LONG}": "unknown-command",
    "hello": "unknown-command",
    "": "unknown-command",
    "/": "unknown-command",
    "//submit": "unknown-command",
    "/study": "which-subcommand",
    "/study dance": "which-subcommand",
    "/주차": "which-subcommand",
}
"""What the leader writes in week 3, and the text that answers it."""

BY_OTHERS = {
    (MEMBER, f"/submit {LINK} who=나그네 note=대신"): "submit-for-other-leader",
    (MEMBER, "/withdraw who=나그네"): "no-such-member",
    (MISSING, "/withdraw"): "nothing-to-withdraw",
    (MISSING, "/withdraw week=3"): "nothing-to-withdraw",
    (STRANGER, f"/submit {LINK}"): "not-a-member",
    (STRANGER, "/study join 구미진"): "name-taken",
    (STRANGER, "/study join @구미진"): "not-a-name",
    (STRANGER, '/study join ","'): "not-a-name",
}
BY_FOUNDERS = {
    "/study start": "incomplete",
    "/study start 모임 2022-02-30 12": "no-such-date",
    "/study start 모임 2023-02-29 12": "no-such-date",
    "/study start 모임 어제 12": "not-a-date",
    "/study start 모임 2022-05-11 0": "weeks-out-of-range",
    "/study start 모임 2022-05-11 -3": "weeks-out-of-range",
    "/study start 모임 2022-05-11 1000": "weeks-out-of-range",
    "/study start 모임 2022-05-11 열둘": "weeks-out-of-range",
    "/study start 모임 1999-12-31 12": "starts-out-of-range",
    "/study start 모임 2101-01-01 12": "starts-out-of-range",
    "/study start 모임 2022-05-11 12 timezone=Mars/Olympus": "unknown-timezone",
    "/study start 모임 2022-05-11 12 timezone=../../etc/passwd": "unknown-timezone",
    "/study start 모임 2022-05-11 12 timezone=/etc/localtime": "unknown-timezone",
    "/study start 모임 2022-05-11 12 timezone=localtime": "unknown-timezone",
    "/study start 모임 2022-05-11 12 timezone=asia/seoul": "unknown-timezone",
    "/study start 모임 2022-05-11 12 language=fr": "not-a-choice",
    "/study start 모임 2022-05-11 12 rules=harsh": "not-a-choice",
    "/study start 모임 2022-05-11 12 color=red": "unknown-option",
    "/study start name=모임 starts=2022-05-11 weeks=12 color=red": "unknown-option",
    "/study start name=모임 starts=2022-05-11 weeks=12 12": "too-many-words",
    '/study start "" 2022-05-11 12': "empty-text",
    "/study start @everyone 2022-05-11 12": "calls-everybody",
    '/study start "a, b" 2022-05-11 12': "not-a-name",
    "/study start @모임 2022-05-11 12": "not-a-name",
    f"/study start {'가' * 33} 2022-05-11 12": "text-too-long",
    '/study start "두\n줄" 2022-05-11 12': "unseen-characters",
    f"/submit {LINK}": "no-study",
    "/study show": "no-study",
    "/study join": "no-study",
}
"""What somebody writes in a channel where no study runs."""


async def held(study: Conversation, who: str, line: str, key: str, place: str = "here") -> None:
    """Hold that a line is refused for this reason, shortly, privately and without a trace."""
    before = study.rows()
    reply = await study.says(who, line, place=place)
    study.refused(who, key)
    assert study.rows() == before
    assert reply.message.mentions == []
    assert all(len(text) < 400 for text in reply.texts.values())
    assert all(sign.isprintable() for text in reply.texts.values() for sign in text)


@pytest.mark.parametrize(("line", "key"), BY_LEADER.items(), ids=lambda text: text[:50])
async def test_the_leader_is_told(week_3: Conversation, line: str, key: str) -> None:
    await held(week_3, LEADER, line, key)


@pytest.mark.parametrize(("who", "line", "key"), [(*said, key) for said, key in BY_OTHERS.items()])
async def test_others_are_told(week_3: Conversation, who: str, line: str, key: str) -> None:
    await held(week_3, who, line, key)


@pytest.mark.parametrize(("line", "key"), BY_FOUNDERS.items(), ids=lambda text: text[:50])
async def test_who_begins_a_study_is_told(week_3: Conversation, line: str, key: str) -> None:
    await held(week_3, STRANGER, line, key, place="another channel")


async def test_a_second_running_study_in_the_channel_is_refused(week_3: Conversation) -> None:
    for who in (LEADER, STRANGER):
        await held(week_3, who, "/study start 또 2022-05-11 12", "study-running-here")


async def test_a_member_is_excused_from_a_week_once(week_3: Conversation) -> None:
    await week_3.says(LEADER, "/week excuse 문수인 3 아파서")
    await held(week_3, LEADER, "/week excuse 문수인 3 또 아파서", "excused-already")


async def test_days_already_rested_stay(study: Conversation) -> None:
    await study.until("2022-04-20 12:00")
    await held(study, LEADER, "/break add 2022-04-13 2022-04-15 중간고사", "break-past")


async def test_with_nothing_open_the_answer_says_when_the_next_week_opens(study: Conversation) -> None:
    await study.says(LEADER, f"/submit {LINK}", at="2022-04-07 12:00")
    await study.until("2022-04-14 12:00")
    await held(study, LEADER, f"/submit {LINK}/2", "nothing-open")


async def test_after_the_last_week_the_answer_says_that_none_will_open(empty: Conversation) -> None:
    await empty.says(LEADER, "/study start 모임 2022-04-06 1")
    await empty.says(LEADER, f"/submit {LINK}", at="2022-04-07 12:00")
    await empty.until("2022-04-14 12:00")
    await held(empty, LEADER, f"/submit {LINK}/2", "nothing-open-ever")


async def test_a_full_study_takes_nobody_in(week_3: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.membership.MEMBERS_AT_MOST", 5)
    await held(week_3, STRANGER, "/study join", "study-full")
    await held(week_3, LEADER, "/study add 손님", "study-full")


async def test_every_command_is_refused_something() -> None:
    heads = {line.removeprefix("/").partition(" ")[0] for line in [*BY_LEADER, *BY_FOUNDERS]}
    assert {name.split()[0] for name in Commands.in_package("cogs")} <= heads
