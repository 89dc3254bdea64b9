"""The application commands: registered once, in two languages, completed while they are typed."""

from pathlib import Path

from bot.commands.command import Commands
from bot.doors.discord.commands import payload, same
from bot.texts import plain
from tests.discord.scene import Scene, opened
from tests.discord.server import Discord

COMMANDS = Commands.in_package("cogs")


async def test_every_command_is_registered_in_both_languages(scene: Scene) -> None:
    registered = {x["name"]: x for x in scene.platform.world.commands[None]}
    assert set(registered) == {name.partition(" ")[0] for name in COMMANDS} | {"Submit this link"}
    submit = registered["submit"]
    assert submit["name_localizations"] == {"ko": "제출"}
    assert submit["description_localizations"] == {"ko": plain("ko", "command-submit.about")}
    assert submit["contexts"] == [0]
    assert submit["default_member_permissions"] is None
    link, week, *_ = submit["options"]
    assert (link["name"], link["name_localizations"]["ko"], link["required"]) == ("link", "링크", True)
    assert (week["type"], week["min_value"], week["max_value"]) == (4, 0, 999)
    study = {x["name"]: x for x in registered["study"]["options"]}
    rules = next(x for x in study["start"]["options"] if x["name"] == "rules")
    assert rules["choices"][1] == {
        "name": "without fines",
        "name_localizations": {"ko": "벌금 없음"},
        "value": "none",
    }


async def test_options_that_only_buttons_carry_are_not_shown(scene: Scene) -> None:
    end = next(x for x in payload(COMMANDS) if x["name"] == "study")["options"]
    assert all(option["name"] != "sure" for command in end for option in command["options"])


async def test_commands_are_registered_only_when_they_changed(redirected: Discord, file: Path) -> None:
    redirected.guild("ku").channel("mlops")
    for _ in range(2):
        async with opened(file, redirected):
            pass
    assert len(redirected.asked("PUT /applications/*/commands")) == 1
    redirected.world.commands[None][0]["description"] = "something else"
    async with opened(file, redirected):
        assert same(payload(COMMANDS), redirected.world.commands[None])
    assert len(redirected.asked("PUT /applications/*/commands")) == 2


async def test_commands_are_registered_for_the_servers_that_are_named(
    redirected: Discord, file: Path
) -> None:
    guild = redirected.guild("ku")
    channel = guild.channel("mlops")
    jang = redirected.person("장서진", manages=True)
    async with opened(file, redirected, guild_ids=(guild.id,)):
        assert not redirected.world.commands.get(None)
        said = await jang.types(channel, "guide")
    assert "submit" in redirected.world.clickable(said.text)


async def test_weeks_are_offered_by_what_is_open_and_owed(study: Scene) -> None:
    await study.until("2022-04-13 09:00")
    koo = study.people[1]
    offered = await koo.completes(study.channel, "submit", focused="week", link="https://example.org/1")
    assert offered.values[:3] == [1, 2, 3]
    await koo.types(study.channel, "submit", link="https://example.org/1", week=1)
    offered = await koo.completes(study.channel, "submit", focused="week", link="https://example.org/1")
    assert offered.values[:3] == [2, 1, 3]
    assert offered.choices is not None
    assert offered.choices[0]["name"] == "2주차"


async def test_members_are_offered_by_name_as_korean_is_typed(study: Scene) -> None:
    offered = await study.leader.completes(
        study.channel, "study role", focused="who", value="이", role="member"
    )
    assert offered.values[0] == "이은빈"
    offered = await study.leader.completes(
        study.channel, "study role", focused="who", value="ㅎ", role="member"
    )
    assert offered.values == ["한현경"]


async def test_months_are_offered_and_nothing_where_there_is_no_study(scene: Scene) -> None:
    assert (await scene.leader.completes(scene.channel, "fines", focused="month")).values == []
    await scene.starts()
    offered = await scene.leader.completes(scene.channel, "fines", focused="month", value="2022-0")
    assert offered.values[:2] == ["2022-04", "2022-05"]
