"""What a study's leaders alone are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.services import outbox
from db import Session
from db.models import Member, Study

LEADER = "leader"


async def tell(
    session: Session, study: Study, key: str, kind: str, values: Mapping[str, Any], at: datetime
) -> None:
    """Have every leader with an account told by direct message."""
    leaders = await session.scalars(
        select(Member).where(
            Member.study_id == study.id,
            Member.role == LEADER,
            Member.account.is_not(None),
            Member.left_at.is_(None),
        )
    )
    rows = [outbox.row(study, f"{key}:{x.id}", kind, values, at, recipient=x.id) for x in leaders]
    await outbox.post(session, rows)
