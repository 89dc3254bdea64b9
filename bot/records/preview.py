"""What was understood of a document and what is asked, for whoever imports it from the command line."""

import json
from dataclasses import replace

from bot.records.importing import Reading
from bot.records.understood import UTC, as_json
from bot.texts import Style, Words


def told(taken: Reading, form: str = "text") -> str:
    """What was read, in lines or as JSON; the questions are those that are still open."""
    resolved = taken.resolved
    if form == "json":
        understood = replace(taken.understood, questions=resolved.remaining)
        return json.dumps(as_json(understood, taken.language), ensure_ascii=False, indent=2)
    ask = Words(Style(taken.language, UTC))
    rules = ", ".join(f"{name} {value}" for name, value in taken.understood.rules.items())
    marks = sum(len(week.marks) for week in taken.understood.weeks)
    lines = [
        f"study    {taken.understood.title or '-'}",
        f"members  {', '.join(resolved.members)}",
        f"weeks    {resolved.weeks}, {taken.links} links" + (f", {marks} marks" if marks else ""),
        f"rules    {rules or '-'}",
        f"blog     {', '.join(resolved.blog_order) or '-'}",
        *(f"starts   {day}" for day in [resolved.starts] if day),
        *(f"break    {first} to {last}" for first, last in resolved.breaks),
        *(f"question {question.about}: {ask(question.ask)}" for question in resolved.remaining),
    ]
    return "\n".join(lines)
