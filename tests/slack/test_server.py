"""The world of the loopback server: manifests, people, texts, and what acknowledgements may say."""

import copy
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.slack import texts
from tests.slack.interactions import Interaction
from tests.slack.people import Person
from tests.slack.problems import Json
from tests.slack.server import Slack
from tests.slack.tiny import buttons, form, manifest, plain, socketed, text


def changed(*path: str, to: Any, socket: bool = True) -> Json:
    """The small bot's manifest with something else in it (None: without it)."""
    made = copy.deepcopy(manifest(socket=socket))
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    if to is None:
        del place[path[-1]]
    return made


def commands(*names: str, socket: bool = True) -> Json:
    """The same with these commands."""
    listed = [{"command": name, "description": "x"} for name in names]
    return changed("features", "slash_commands", to=listed, socket=socket)


BAD: list[tuple[Json, str]] = [
    (commands("/who"), "/who: is reserved"),
    (commands("/a", "/a"), "/a: is there twice"),
    (commands(*(f"/a{number}" for number in range(51))), "must have 1 to 50 items"),
    (commands("/" + "x" * 32), "must have 2 to 32 characters"),
    (commands("submit"), "must have 2 to 32 characters /"),
    (commands("/two words"), "no command can have"),
    (commands("/Submit"), "no command can have"),
    (commands("/submit", socket=False), "/submit: needs a url"),
    (changed("features", "colour", to="red"), "/features: knows no colour"),
    (changed("display_information", "name", to="x" * 36), "/display_information/name: must have 1 to 35"),
    (changed("display_information", "long_description", to="x"), "must have 175 to 4000"),
    (changed("display_information", to=None), "needs display_information"),
    (changed("oauth_config", "scopes", "bot", to=["chat:write"]), "need the scope commands"),
    (
        changed("oauth_config", "scopes", "bot", to=["commands"]),
        "event message.channels needs the scope channels:history",
    ),
    (changed("oauth_config", "scopes", "bot", to=["commands", "chat:shout"]), "there is no scope chat:shout"),
    (changed("settings", "event_subscriptions", "bot_events", to=["message"]), "there is no event message"),
    (changed("settings", "interactivity", to={"is_enabled": False}), "shortcuts need interactivity"),
    (changed("settings", "interactivity", to={"is_enabled": True}, socket=False), "needs a request_url"),
    (changed("settings", "socket_mode_enabled", to="yes"), "must be a bool"),
    (changed("features", "bot_user", to=None), "need features.bot_user"),
    (changed("features", "shortcuts", to=[{"name": "x" * 25}]), "must have 1 to 24"),
]


@pytest.mark.parametrize(("wanted", "said"), BAD, ids=[f"{number}-{x[1]}" for number, x in enumerate(BAD)])
def test_a_manifest_that_slack_refuses(wanted: Json, said: str) -> None:
    with pytest.raises(ValueError, match=r"Slack refuses the manifest") as refusal:
        Slack().installs(wanted)
    assert said in str(refusal.value)


@pytest.mark.parametrize("socket", [True, False])
def test_a_manifest_that_slack_takes(socket: bool) -> None:
    app = Slack().installs(manifest(socket=socket))
    assert app.is_socket is socket
    assert "/제출" in app.commands


def test_how_texts_are_kept_and_read() -> None:
    world = Slack().world
    team = world.team("ku")
    jang = team.person("장서진", tz="America/New_York")
    typed = f"{jang.mention} R&D <https://a.kr/?x=1&y=2> a.com Node.js v1.2 me@a.com"
    kept = texts.composed(typed, team)
    assert kept == (
        f"{jang.mention} R&amp;D &lt;<https://a.kr/?x=1&amp;y=2>&gt; <http://a.com|a.com> "
        "Node.js v1.2 me@a.com"
    )
    assert texts.shown(kept, jang) == "@장서진 R&D <https://a.kr/?x=1&y=2> a.com Node.js v1.2 me@a.com"
    date = "<!date^1649862000^{date_num} {time}|2022-04-14 00:00>"
    assert texts.shown(f"마감 {date}", jang) == "마감 2022-04-13 11:00"
    texts.hold("x", date, [], team)
    assert world.violations == []
    for bad in ("<!date^soon^{date}|x>", "<!date^1^{date}>", "<!date^1^{day}|x>", "<b>", "<#C0>"):
        texts.hold("x", bad, [], team)
    assert len(world.violations) == 5


def test_guests_and_strangers() -> None:
    platform = Slack()
    team = platform.team("ku")
    first, second = team.channel("first"), team.channel("second")
    guest, jang = team.person("손님", is_guest=True), team.person("장서진")
    assert (guest in first.members, guest in second.members) == (True, False)
    assert guest.is_restricted
    assert jang.sees(second) == []
    with pytest.raises(AssertionError, match="is not in"):
        guest.writes(second, "x")
    with pytest.raises(AssertionError, match="is not in"):
        platform.team("snu").person("다른").writes(first, "x")


async def test_the_clock_may_be_a_virtual_one(platform: Slack) -> None:
    at = platform.world.clock() - timedelta(days=500)
    platform.world.now = lambda: at
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    stamps: list[str] = []
    async with socketed(platform) as app:

        async def press(ack: Any, body: Json) -> None:
            await ack()
            stamps.append(body["actions"][0]["action_ts"])

        app.action("late")(press)
        row = buttons("x") | {"elements": [{"type": "button", "text": plain("x"), "action_id": "late"}]}
        sent = await app.client.chat_postMessage(channel=channel.id, text="x", blocks=[row])
        await jang.pushes(channel.messages[0], "x").acknowledged()
    assert float(sent["ts"]) == pytest.approx(at.timestamp(), abs=0.01)
    assert float(stamps[0]) == pytest.approx(at.timestamp(), abs=0.01)


async def answering(platform: Slack, app: AsyncApp, person: Person, answer: Json) -> Interaction:
    """Send a form that the bot answers so."""
    channel = platform.team("ku").channel("mlops")
    callback = f"own{len(platform.api.log)}"

    async def opens(ack: Any, body: Json) -> None:
        await ack()
        await app.client.views_open(trigger_id=body["trigger_id"], view=form() | {"callback_id": callback})

    async def sent(ack: Any) -> None:
        await ack(answer)

    app.command("/twice")(opens)
    app.view(callback)(sent)
    view = (await person.types(channel, "/twice")).modal
    assert view is not None
    return person.sends(view, {"내용": "x"})


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"value": "the action id"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"text": ""}},
        {"response_action": "shout"},
        {"response_action": "update", "view": form() | {"title": plain("x" * 25)}},
        {"text": "a form says nothing"},
    ],
)
async def test_an_answer_to_a_form_that_is_none(platform: Slack, answer: Json) -> None:
    jang = platform.team("ku").person("장서진")
    platform.team("ku").channel("mlops")
    async with socketed(platform) as app:
        with platform.allowing() as wrong:
            life = await (await answering(platform, app, jang, answer)).answered()
        assert len(wrong) == len(life.refusals) == 1
        with pytest.raises(AssertionError, match="wrongly"):
            await life.answered()


async def test_a_form_is_cleared_with_all_that_lie_with_it(platform: Slack) -> None:
    jang = platform.team("ku").person("장서진")
    platform.team("ku").channel("mlops")
    async with socketed(platform) as app:
        life = await (await answering(platform, app, jang, {"response_action": "clear"})).answered()
    assert life.action == "clear"
    assert life.view is not None
    assert not life.view.is_open


async def test_forms_lie_three_deep(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform):
        view = (await jang.types(channel, "/research")).modal
        for _ in range(2):
            assert view is not None
            view = (await jang.fills(view, {"내용": "더"})).modal
        assert view is not None
        assert view.depth == 3
        with platform.allowing() as wrong:
            await jang.fills(view, {"내용": "더"})
    assert [each.error for each in wrong] == ["push_limit_reached"]


async def test_a_button_is_answered_over_its_url_alone(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform) as app:

        async def pressed(ack: Any, respond: Any) -> None:
            await ack("a button takes no answer")
            await respond("unclear what becomes of the original")

        app.action("own")(pressed)
        row = {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "action_id": "own"}]}
        await app.client.chat_postMessage(channel=channel.id, text="x", blocks=[row])
        with platform.allowing() as wrong:
            jang.pushes(channel.messages[0], "x")
            await platform.until(lambda: len(wrong) == 2)
    assert sorted(each.error for each in wrong) == ["invalid_ack", "invalid_payload"]


async def test_menus_and_the_state_that_they_leave(platform: Slack) -> None:
    jang = platform.team("ku").person("장서진")
    async with socketed(platform) as app:
        heard: list[Json] = []

        async def chosen(ack: Any, body: Json) -> None:
            await ack()
            heard.append(body)
            shown = {"type": "home", "blocks": [text("골랐다")]}
            await app.client.views_publish(user_id=body["user"]["id"], view=shown)

        app.action("week")(chosen)
        options = [{"text": plain(f"{n}주차"), "value": str(n)} for n in (1, 2)]
        menu = {
            "type": "static_select",
            "placeholder": plain("주차"),
            "action_id": "week",
            "options": options,
        }
        block = text("x") | {"accessory": menu, "block_id": "b"}
        await app.client.views_publish(user_id=jang.id, view={"type": "home", "blocks": [block]})
        said = await jang.selects(jang.home, "주차", "2주차")
        assert said.text == jang.home.text == "골랐다"
    action = heard[0]["actions"][0]
    assert action["selected_option"]["value"] == "2"
    assert heard[0]["view"]["state"]["values"]["b"]["week"]["selected_option"]["value"] == "2"


async def test_messages_cannot_be_changed_for_ever(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    channel.team.edit_window = timedelta(minutes=5)
    platform.world.now = platform.world.clock()
    async with socketed(platform) as app:
        sent = await app.client.chat_postMessage(channel=channel.id, text="x")
        await app.client.chat_update(channel=channel.id, ts=sent["ts"], text="y")
        platform.world.now += timedelta(minutes=6)
        with pytest.raises(SlackApiError, match="edit_window_closed"):
            await app.client.chat_update(channel=channel.id, ts=sent["ts"], text="z")
    assert channel.messages[0].text == "y"


async def test_the_bot_hears_only_what_it_may(platform: Slack) -> None:
    platform.world.delivery.pauses = ()
    events = ["message.channels", "member_joined_channel", "channel_archive", "group_archive", "user_change"]
    scopes = ["commands", "chat:write", "channels:history", "channels:read", "groups:read", "users:read"]
    wanted = changed("settings", "event_subscriptions", "bot_events", to=events)
    wanted["oauth_config"]["scopes"]["bot"] = scopes
    platform.installs(wanted)
    team = platform.team("ku")
    channel, away = team.channel("mlops"), team.channel("away", bot_in=False)
    secret = team.channel("secret", private=True, bot_in=False)
    jang = team.person("장서진")
    jang.writes(channel, "before it is installed")
    team.install("chat:write", "channels:history", "users:read")
    jang.writes(channel, "heard")
    jang.writes(away, "not heard")
    secret.invite(team.bot)
    jang.changes(locale="en-US")
    assert [told.kind for told in platform.told()] == ["message", "user_change"], "no scope for the others"
    assert platform.told("user_change")[0].payload["event"]["user"]["locale"] == "en-US"
    team.install(*scopes)
    away.invite(team.bot)
    secret.kick(team.bot)
    secret.archive()
    away.archive()
    assert [told.kind for told in platform.told()][2:] == ["member_joined_channel", "channel_archive"]
    joined = platform.told("member_joined_channel")[0].payload
    assert joined["event"]["user"] == joined["authorizations"][0]["user_id"] == team.bot.id
    assert platform.app.used_scopes == {"channels:history", "channels:read", "users:read"}
