"""How messages look on Slack: within its limits, and readable where blocks are not shown."""

from zoneinfo import ZoneInfo

from bot.commands.message import Button, Message, Section, Table, message
from bot.doors.slack import state
from bot.doors.slack.look import Block, Look, draw, draw_all, pages, text_of
from bot.doors.slack.state import ASK, RUN, State
from bot.doors.slack.style import SlackStyle
from bot.texts import T, Words, Written
from tests.rules.season_2022 import seoul
from tests.slack import blocks
from tests.slack.model import readable
from tests.slack.problems import Findings

WORDS = Words(SlackStyle("ko", ZoneInfo("Asia/Seoul")))
EVERYBODY, ONE = Look(public=True), Look()
MINE = Button(T("button-mine"), "mine")


def held(drawn: list[Block]) -> list[Block]:
    """The same, once the server would have taken it."""
    findings = Findings()
    blocks.check(drawn, findings)
    assert not findings.messages, findings.messages
    return drawn


def long_message(lines: int) -> Message:
    """A message of so many lines of homework, with a button."""
    written = [T("week-homework", text=Written(f"{number} " + "가" * 80)) for number in range(lines)]
    return Message((Section(T("guide-title"), tuple(written)),), (MINE,))


def table_of(rows: int, *, text: str = "구<미진") -> Table:
    """A table of so many rows."""
    row = (T("as-name", name=Written(text)), T("as-count", count=2))
    return Table((T("table-name"), T("table-late")), (row,) * rows)


def test_a_message_is_a_section_with_its_buttons() -> None:
    drawn = held(draw(message(T("guide-title"), T("as-count", count=2), buttons=(MINE,)), WORDS, ONE))
    assert [block["type"] for block in drawn] == ["section", "actions"]
    assert drawn[0]["text"]["text"] == f"*{WORDS(T('guide-title'))}*\n2"
    assert drawn[0]["text"]["verbatim"]


def test_a_sentence_alone_is_no_heading() -> None:
    (drawn,) = held(draw(message(T("told-resumed", since=seoul("2022-04-06 00:00"))), WORDS, EVERYBODY))
    assert not drawn["text"]["text"].startswith("*")


def test_a_long_answer_goes_on_in_more_messages() -> None:
    drawn = draw_all(long_message(400), WORDS)
    assert len(drawn) > 2
    shown = "\n".join(line for page in drawn for line in readable(held(page)))
    assert all(f"과제: {number} 가" in shown for number in range(400))
    assert [page[-1]["type"] for page in drawn] == ["section"] * (len(drawn) - 1) + ["actions"]


def test_what_is_long_is_cut_for_everybody() -> None:
    drawn = held(draw(long_message(400), WORDS, EVERYBODY))
    assert drawn[-2]["text"]["text"] == "…"
    assert drawn[-1]["type"] == "actions"
    sections = tuple(Section(T("as-count", count=number), (T("fund"),)) for number in range(90))
    assert len(held(draw(Message(sections, (MINE,)), WORDS, EVERYBODY))) <= 50


def test_one_long_line_is_divided_between_words() -> None:
    (page,) = draw_all(message(T("fund"), T("as-name", name=Written("낱말 & " * 1_200))), WORDS)
    assert all(not block["text"]["text"].endswith("&") for block in held(page))
    assert sum(block["text"]["text"].count("&amp;") for block in page) == 1_200


def test_a_table_is_a_table_where_it_fits() -> None:
    section = Section(T("fund"), (), table_of(3))
    drawn = held(draw(Message((section,)), WORDS, ONE))
    assert [block["type"] for block in drawn] == ["section", "table"]
    assert drawn[1]["rows"][1] == [{"type": "raw_text", "text": "구<미진"}, {"type": "raw_text", "text": "2"}]


def test_a_table_that_is_too_large_is_a_line_a_row() -> None:
    for table in (table_of(120), table_of(60, text="가" * 200)):
        drawn = draw_all(Message((Section(T("fund"), (), table),)), WORDS)
        shown = [line for page in drawn for line in readable(held(page))]
        assert not any(block["type"] == "table" for page in drawn for block in page)
        assert "\n".join(shown).count("지각 2") == len(table.rows)
    home = pages(Message((Section(None, (), table_of(2)),)), WORDS, tables=False)
    assert readable(home[0]) == ["구&lt;미진 · 지각 2\n구&lt;미진 · 지각 2"]


def test_two_tables_are_two_messages() -> None:
    sections = (Section(T("fund"), (), table_of(2)), Section(T("fund"), (), table_of(2)))
    assert len([held(page) for page in draw_all(Message(sections), WORDS)]) == 2


def test_there_are_words_where_blocks_are_not_shown() -> None:
    said = Message((Section(T("fund"), (T("as-count", count=1),), table_of(1)),))
    assert text_of(said, WORDS) == "회비\n1\n구&lt;미진 · 지각 2"
    assert len(text_of(long_message(400), WORDS)) <= 4_000
    assert text_of(long_message(400), WORDS).endswith("\n…")


def test_five_buttons_a_row_and_what_they_do_in_them() -> None:
    buttons = tuple(Button(T("as-count", count=x), "homework", {"week": str(x)}, 7) for x in range(12))
    drawn = held(draw(message(T("fund"), buttons=buttons), WORDS, ONE))
    rows = [block["elements"] for block in drawn if block["type"] == "actions"]
    assert [len(row) for row in rows] == [5, 5, 2]
    assert [row.get("style") for row in rows[0]] == ["primary"] + [None] * 4
    assert state.read(rows[2][1]["value"]) == State(RUN, "homework", 7, {"week": "11"})
    label = Button(T("button-connect", name=Written("가" * 90 + "<b>")), "study add", {"name": "x"})
    (row,) = held(draw(message(T("fund"), buttons=(label,)), WORDS, ONE))[1:]
    assert "&lt;" not in row["elements"][0]["text"]["text"]


def test_buttons_hold_what_was_written() -> None:
    known = State(ASK, "submit", 12, {"link": "https://a.b/?c=%20;d", "note": '안녕; "50%" 했어요'})
    assert state.read(known.write()) == known
    for strange in ("", "x", "[]", '{"does": "run"}', '{"does": "shout", "command": "submit"}', "null"):
        assert state.read(strange) is None


def test_what_does_not_fit_is_asked_for_again() -> None:
    known = State(RUN, "submit", 12, {"link": "https://example.org/" + "x" * 2_000, "week": "3"})
    assert known.shortened() == State(ASK, "submit", 12, {"week": "3"})
