"""Private answers: over the address that came with what somebody did, else in the channel, else directly."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.commands.message import File
from bot.doors.slack.look import Block
from bot.doors.slack.office import Line
from bot.doors.slack.wishes import Heard

log = structlog.get_logger()

USES = 5
"""How many answers Slack takes at one address."""

PAUSE, LONGEST = 1.0, 30.0
TRIES = 3
OK, BAD, TOO_MANY, BROKEN = 200, 400, 429, 500


class Untaken(Exception):
    """Slack does not take an answer as it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """A private message: blocks, and words for where those are not shown."""

    blocks: list[Block]
    text: str


class Replies:
    """Answers to one thing that somebody did."""

    def __init__(self, line: Line, heard: Heard) -> None:
        self._line = line
        self._heard = heard
        self._uses = 0 if heard.response_url else USES

    async def say(self, said: Said) -> None:
        """Say something to them alone; raises `Untaken` where Slack takes it nowhere."""
        if self._uses < USES:
            self._uses += 1
            if await self._over_url(said):
                return
            self._uses = USES
        await self._by_token(said)

    async def _over_url(self, said: Said) -> bool:
        """Whether it got there; an answer may come twice where a connection broke, and never not at all."""
        told: dict[str, Any] = {"text": said.text, "blocks": said.blocks}
        told |= {"response_type": "ephemeral", "replace_original": False}
        for _ in range(TRIES):
            wait = PAUSE
            try:
                async with self._line.session.post(self._heard.response_url, json=told) as reply:
                    if reply.status == OK:
                        return True
                    if reply.status == BAD:
                        raise Untaken(await reply.text())
                    if reply.status < BROKEN and reply.status != TOO_MANY:
                        return False
                    wait = float(reply.headers.get("Retry-After", PAUSE))
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass
            await asyncio.sleep(min(wait, LONGEST))
        return False

    async def _by_token(self, said: Said) -> None:
        client = await self._line.client(self._heard.workspace)
        if client is None:
            log.warning("an answer has nowhere to go", workspace=self._heard.workspace)
            return
        told: dict[str, Any] = {"text": said.text, "blocks": said.blocks}
        heard = self._heard
        if heard.channel and not heard.channel.startswith("D"):
            try:
                await client.chat_postEphemeral(channel=heard.channel, user=heard.account, **told)
            except SlackApiError as no:
                _hold(no)
            else:
                return
        try:
            opened = await client.conversations_open(users=heard.account)
            await client.chat_postMessage(
                channel=opened["channel"]["id"], unfurl_links=False, unfurl_media=False, **told
            )
        except SlackApiError as no:
            _hold(no)
            raise

    async def give(self, file: File) -> None:
        """Give them a file, in the conversation with the bot."""
        client = await self._line.client(self._heard.workspace)
        if client is None:
            return
        opened = await client.conversations_open(users=self._heard.account)
        place = opened["channel"]["id"]
        made = await client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
        async with self._line.session.post(made["upload_url"], data=file.content) as reply:
            reply.raise_for_status()
        await client.files_completeUploadExternal(
            files=[{"id": made["file_id"], "title": file.name}], channel_id=place
        )


def _hold(no: SlackApiError) -> None:
    """Blocks that are refused here are refused everywhere."""
    if str(no.response.get("error", "")).startswith(("invalid_blocks", "msg_too_long", "msg_blocks")):
        raise Untaken(str(no)) from no
