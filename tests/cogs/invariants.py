"""What is true of the database whatever was said: nothing is half written."""

import sqlite3
from contextlib import closing
from pathlib import Path

HALF_WRITTEN = {
    "a study without its weeks": """
        SELECT study.id FROM study LEFT JOIN week ON week.study_id = study.id
        GROUP BY study.id
        HAVING count(week.id) <> study.week_count + study.practice
        OR min(number) <> 1 - study.practice OR max(number) <> week_count
    """,
    "a week that ends before it begins": """
        SELECT id FROM week WHERE NOT (opens_at < due_at AND due_at < closes_at)
    """,
    "weeks that overlap": """
        SELECT a.id, b.id FROM week a JOIN week b ON b.study_id = a.study_id AND b.number = a.number + 1
        WHERE b.opens_at < a.due_at
    """,
    "a week in a break": """
        SELECT week.id FROM week JOIN study ON study.id = week.study_id
        JOIN break ON break.study_id = study.id
        WHERE study.timezone = 'Asia/Seoul' AND removed_at IS NULL
        AND date(opens_at, '+9 hours') BETWEEN first AND last
    """,
    "a running study without a leader": """
        SELECT id FROM study WHERE ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM member WHERE study_id = study.id AND role = 'leader' AND left_at IS NULL)
    """,
    "two running studies in a channel": """
        SELECT door FROM study WHERE ended_at IS NULL GROUP BY door, workspace, channel HAVING count(*) > 1
    """,
    "a slot with two submissions": """
        SELECT week_id FROM submission GROUP BY week_id, member_id HAVING count(*) > 1
    """,
    "somebody's link for another study's week": """
        SELECT submission.id FROM submission JOIN week ON week.id = week_id
        JOIN member ON member.id = member_id
        WHERE week.study_id <> member.study_id
    """,
    "a submission that the history does not know, or the other way round": """
        SELECT week_id, member_id FROM submission EXCEPT SELECT week_id, member_id FROM (
            SELECT week_id, member_id, kind, max(id) FROM history
            WHERE kind IN ('submitted', 'replaced', 'withdrawn') GROUP BY week_id, member_id)
        WHERE kind <> 'withdrawn'
        UNION SELECT week_id, member_id FROM (
            SELECT week_id, member_id, kind, max(id) FROM history
            WHERE kind IN ('submitted', 'replaced', 'withdrawn') GROUP BY week_id, member_id)
        WHERE kind <> 'withdrawn' EXCEPT SELECT week_id, member_id FROM submission
    """,
    "somebody who left without a line, or a line without that": """
        SELECT id FROM member WHERE left_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM history WHERE kind = 'left' AND member_id = member.id)
        UNION SELECT id FROM history WHERE kind = 'left'
        AND NOT EXISTS (SELECT 1 FROM member WHERE id = history.member_id AND left_at IS NOT NULL)
    """,
    "an excuse without a line, or a line without that": """
        SELECT week_id, member_id FROM excuse
        EXCEPT SELECT week_id, member_id FROM history WHERE kind = 'excused'
        UNION SELECT week_id, member_id FROM history WHERE kind = 'excused'
        EXCEPT SELECT week_id, member_id FROM excuse
    """,
    "a line of one study about another's people or weeks": """
        SELECT history.id FROM history LEFT JOIN member ON member.id IN (by_id, member_id)
        LEFT JOIN week ON week.id = week_id
        WHERE member.study_id <> history.study_id OR week.study_id <> history.study_id
    """,
    "a fine without its verdict": """
        SELECT id FROM ledger WHERE item = 'homework' AND NOT EXISTS (
            SELECT 1 FROM judgement j WHERE j.week_id = ledger.week_id AND j.member_id = ledger.member_id
            AND number = ledger.judgement AND verdict = ledger.kind)
    """,
    "a waiver that does not reverse its entry": """
        SELECT w.id FROM ledger w LEFT JOIN ledger f ON f.id = w.reverses_id
        WHERE w.kind = 'waiver' AND (f.id IS NULL OR f.amount + w.amount <> 0 OR f.member_id <> w.member_id
        OR f.month <> w.month OR w.history_id IS NULL)
    """,
    "two fines that stand in one slot": """
        SELECT week_id, member_id FROM ledger WHERE item = 'homework'
        AND id NOT IN (SELECT reverses_id FROM ledger WHERE reverses_id IS NOT NULL)
        GROUP BY week_id, member_id HAVING count(*) > 1
    """,
    "a verdict before its week's close was run": """
        SELECT judgement.id FROM judgement JOIN week ON week.id = week_id WHERE NOT EXISTS (
            SELECT 1 FROM moment_done done
            WHERE done.study_id = week.study_id AND done.kind = 'closed' AND done.week = week.number)
    """,
    "a message that waits or failed": """
        SELECT id, state, error FROM outbox WHERE state NOT IN ('sent', 'dropped')
    """,
    "an edit of another study's message": """
        SELECT a.id FROM outbox a JOIN outbox b ON b.id = a.target_id WHERE a.study_id <> b.study_id
    """,
}


def broken(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """What does not hold in a database file, and the rows of which it does not."""
    with closing(sqlite3.connect(file)) as database:
        found = {what: database.execute(query).fetchall() for what, query in HALF_WRITTEN.items()}
        found["a row that refers to none"] = database.execute("PRAGMA foreign_key_check").fetchall()
    return {what: rows for what, rows in found.items() if rows}
