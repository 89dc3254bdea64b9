"""Slack's way out: messages of the outbox become messages of a study's channel."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.courier import Parcel, Undeliverable, Unreachable, calling
from bot.commands.message import Button, Message
from bot.doors.pace import Pace
from bot.doors.slack.look import Look, draw, text_of
from bot.doors.slack.office import Wire
from bot.doors.slack.places import AWAY, FOR_NOW, LOST, error_of, trouble, wait_of
from bot.doors.slack.style import SlackStyle, escaped
from bot.services.pausing import Why
from bot.texts import T, Words, plain

A_MINUTE = timedelta(minutes=1)
PACE = 1.0
"""Seconds between two messages in one channel, and between two edits of one message."""

PAGE, LOOKED_AT = 200, 1_000
"""The messages, from its instant on, among which one is looked for that may have got there."""

EVENT, CLOSED = "studybot", "closed"
"""What our messages are called in their metadata, and the block that says that a thread is closed."""

NOT_THERE = ("message_not_found", "thread_not_found", "cannot_reply_to_message", "edit_window_closed")
"""What was to be changed is gone, or is not to be changed any more."""

NO_DIRECT = (
    "cannot_dm_bot",
    "channel_not_found",
    "messages_tab_disabled",
    "missing_scope",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
)
"""Somebody can be sent nothing for themselves."""

Block = dict[str, Any]


class SlackCourier:
    """Sends parcels; a parcel's key stands in its message's metadata, and it is found by that."""

    def __init__(self, line: Wire, pace: float = PACE) -> None:
        self._line = line
        self._pace = Pace(line.office, pace)
        self._free: dict[str, float] = {}
        """When channels take the next message, by the loop's clock."""
        self._looking: dict[str, str] = {}
        """Where to go on looking for a parcel, where Slack has asked to wait meanwhile."""

    async def find(self, parcel: Parcel) -> str | None:
        async with self._problems(parcel):
            if parcel.recipient is None:
                return await self._found(parcel, parcel.channel)
            try:
                direct = await self._direct(parcel)
                if direct and (found := await self._found(parcel, direct)):
                    return f"{direct}:{found}"
            except SlackApiError as closed:
                if error_of(closed) not in NO_DIRECT:
                    raise
            return await self._found(parcel, parcel.channel)

    async def send(self, parcel: Parcel) -> str:
        async with self._problems(parcel):
            if parcel.recipient is None:
                return await self._say(parcel, parcel.channel)
            try:
                if direct := await self._direct(parcel):
                    return f"{direct}:{await self._say(parcel, direct)}"
            except SlackApiError as closed:
                if error_of(closed) not in NO_DIRECT:
                    raise
            return await self._say(calling(parcel, parcel.recipient), parcel.channel)

    async def edit(self, parcel: Parcel, message_id: str) -> None:
        channel, ts = _where(parcel, message_id)
        async with self._problems(parcel), self._if_there():
            client = await self._client(parcel)
            self._pace.hold_back(ts)
            blocks, text = await self._drawn(parcel)
            await client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks)

    async def take_down(self, parcel: Parcel, message_id: str) -> None:
        channel, ts = _where(parcel, message_id)
        async with self._problems(parcel), self._if_there():
            await (await self._client(parcel)).chat_delete(channel=channel, ts=ts)

    async def open_thread(self, parcel: Parcel) -> str:
        async with self._problems(parcel):
            return await self._say(replace(parcel, begins_thread=True), parcel.channel)

    async def close_thread(self, parcel: Parcel, thread_id: str) -> None:
        async with self._problems(parcel), self._if_there():
            await self._say_once(parcel, thread_id)
            await self._show(parcel, thread_id, closed=True)

    async def reopen_thread(self, parcel: Parcel, thread_id: str) -> None:
        async with self._problems(parcel):
            try:
                await self._show(parcel, thread_id, closed=False)
                await self._say_once(parcel, thread_id)
            except SlackApiError as no:
                if error_of(no) not in NOT_THERE:
                    raise
                await self._say_once(parcel, None)

    async def link(self, workspace: str, channel: str, thread_id: str) -> str | None:
        address = await self._line.address(workspace)
        return f"{address.rstrip('/')}/archives/{channel}/p{thread_id.replace('.', '')}" if address else None

    async def _say_once(self, parcel: Parcel, thread: str | None) -> None:
        """Say something that nobody keeps the id of, where it has not been said."""
        if await self._found(parcel, parcel.channel, thread) is None:
            await self._say(parcel, parcel.channel, thread)

    async def _say(self, parcel: Parcel, channel: str, thread: str | None = None) -> str:
        client = await self._client(parcel)
        blocks, text = await self._drawn(parcel)
        await self._turn(channel)
        answer = await client.chat_postMessage(
            channel=channel,
            text=text,
            blocks=blocks,
            thread_ts=thread,
            metadata={"event_type": EVENT, "event_payload": {"key": parcel.key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    async def _show(self, parcel: Parcel, thread: str, *, closed: bool) -> None:
        """Have the message that a thread begins with say whether it is closed."""
        client = await self._client(parcel)
        answer = await client.conversations_replies(channel=parcel.channel, ts=thread, limit=1)
        parent: Mapping[str, Any] = answer["messages"][0]
        there: list[Block] = parent.get("blocks", [])
        blocks = [block for block in there if block.get("block_id") != CLOSED]
        if closed:
            blocks.insert(0, _closed(parcel.language))
        if blocks != there and blocks:
            await client.chat_update(channel=parcel.channel, ts=thread, text=parent["text"], blocks=blocks)

    async def _found(self, parcel: Parcel, channel: str, thread: str | None = None) -> str | None:
        """The message that got there, in a channel or in a thread of it."""
        client = await self._client(parcel)
        where: dict[str, Any] = {"channel": channel, "oldest": f"{(parcel.at - A_MINUTE).timestamp():.6f}"}
        if thread is not None:
            where["ts"] = thread
        ask = client.conversations_history if thread is None else client.conversations_replies
        mark = f"{parcel.key} {channel}"
        cursor = self._looking.pop(mark, "")
        for _ in range(LOOKED_AT // PAGE):
            try:
                page = await ask(**where, cursor=cursor or None, limit=PAGE, include_all_metadata=True)
            except SlackApiError as no:
                if cursor and wait_of(no) is not None:
                    self._looking[mark] = cursor
                raise
            for message in page["messages"]:
                if _key(message) == parcel.key:
                    return str(message["ts"])
            more: Mapping[str, str] = page.get("response_metadata") or {}
            cursor = more.get("next_cursor", "")
            if not cursor:
                break
        return None

    async def _direct(self, parcel: Parcel) -> str | None:
        """The conversation with somebody; `None` where none can be had."""
        client = await self._client(parcel)
        try:
            opened = await client.conversations_open(users=[parcel.recipient or ""])
        except SlackApiError as closed:
            if error_of(closed) in NO_DIRECT:
                return None
            raise
        return str(opened["channel"]["id"])

    async def _drawn(self, parcel: Parcel) -> tuple[list[Block], str]:
        address = await self._line.address(parcel.workspace)
        archive = f"{address.rstrip('/')}/archives/{parcel.channel}" if address else ""
        words = Words(SlackStyle(parcel.language, parcel.zone, self._line.prefix, archive))
        message = _with_buttons(parcel) if parcel.begins_thread else parcel.message
        return draw(message, words, Look(public=True)), text_of(message, words)

    async def _client(self, parcel: Parcel) -> AsyncWebClient:
        client = await self._line.client(parcel.workspace)
        if client is None:
            raise Unreachable(Why.AWAY, "Slack: the app is not installed in the workspace")
        return client

    async def _turn(self, channel: str) -> None:
        """Wait until a channel takes the next message."""
        now = asyncio.get_running_loop().time()
        self._free = {place: at for place, at in self._free.items() if at > now}
        mine = self._free.get(channel, now)
        self._free[channel] = mine + self._pace.seconds
        await asyncio.sleep(mine - now)

    @asynccontextmanager
    async def _problems(self, parcel: Parcel) -> AsyncIterator[None]:
        """What Slack refuses for good, what for now, and what until somebody lets us in again."""
        try:
            yield
        except SlackApiError as no:
            error, wait = error_of(no), wait_of(no)
            if wait is not None:
                raise self._pace.later(timedelta(seconds=wait)) from no
            if error in FOR_NOW:
                raise
            needed = no.response.get("needed")
            problem = f"Slack: {error}" + (f" ({needed})" if needed else "")
            if error in LOST and (why := await self._trouble(parcel, error)):
                raise Unreachable(why, problem) from no
            raise Undeliverable(problem) from no

    async def _trouble(self, parcel: Parcel, error: str) -> Why | None:
        if error in AWAY:
            return Why.AWAY
        return await trouble(await self._line.client(parcel.workspace), parcel.channel)

    @asynccontextmanager
    async def _if_there(self) -> AsyncIterator[None]:
        """Where what is to be changed is gone there is nothing to do."""
        try:
            yield
        except SlackApiError as no:
            if error_of(no) not in NOT_THERE:
                raise


def _where(parcel: Parcel, message_id: str) -> tuple[str, str]:
    """The channel and the timestamp of a message; of one for somebody alone the id tells both."""
    direct, _, ts = message_id.rpartition(":")
    return direct or parcel.channel, ts


def _key(message: Mapping[str, Any]) -> str | None:
    """The key of the parcel that a message was, where it is one of ours."""
    payload = message.get("metadata", {}).get("event_payload", {})
    return payload.get("key") if isinstance(payload, dict) else None


def _with_buttons(parcel: Parcel) -> Message:
    """A thread's first message with what its readers may want: commands cannot be typed in threads."""
    if parcel.study is None:
        return parcel.message
    wanted = (("button-submit", "submit"), ("button-mine", "mine"))
    buttons = tuple(Button(T(label), command, study=parcel.study) for label, command in wanted)
    return replace(parcel.message, buttons=(*parcel.message.buttons, *buttons))


def _closed(language: str) -> Block:
    said = {"type": "mrkdwn", "text": escaped(plain(language, "slack-thread-closed"))}
    return {"type": "context", "block_id": CLOSED, "elements": [said]}
