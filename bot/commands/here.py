"""Which study somebody means, looked up for a door before or after a command runs."""

from bot.rules.refusal import Refused
from bot.services.scope import Caller, WhichStudy, scope
from db import Session
from db.models import Study


async def study_here(session: Session, caller: Caller) -> Study | None:
    """The study that somebody means, where it is clear."""
    try:
        return (await scope(session, caller)).study
    except Refused:
        return None


async def which_here(session: Session, caller: Caller) -> WhichStudy | None:
    """The studies that somebody can mean, where those are several."""
    try:
        await scope(session, caller)
    except WhichStudy as which:
        return which
    except Refused:
        return None
    return None
