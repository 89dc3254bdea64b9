"""A forum and a thread as a study's home: its first two weeks in each."""

from tests.discord import payloads
from tests.discord.events import GUILDS, Event
from tests.discord.model import PUBLIC_THREAD, Message
from tests.discord.people import Person
from tests.discord.places import Channel
from tests.discord.scene import Scene
from tests.discord.tongue import Talk
from tests.platforms.season import LINK
from tests.rules.season_2022 import HAN, JANG, KOO, LEE


def thread_in(parent: Channel, name: str, owner: Person) -> Channel:
    """A thread that somebody has opened."""
    guild, world = parent.guild, parent.world
    assert guild is not None
    thread = Channel(world, world.id(), name, PUBLIC_THREAD, guild, parent, owner)
    guild.add(thread)
    world.tell(Event("THREAD_CREATE", payloads.channel(thread), guild, GUILDS))
    return thread


def posts(forum: Channel) -> dict[str, Channel]:
    """What stands in a forum, by its titles."""
    return {thread.name: thread for thread in forum.threads}


async def begins(talk: Talk, place: Channel) -> None:
    """Start a study from somewhere in its home, and have everybody join."""
    given = {"name": "Study-MLOps", "starts": "2022-04-06", "weeks": 12}
    await talk.types(JANG, "study start", place=place, **given)
    for person in talk.scene.people[1:]:
        await talk.types(person.name, "study join", place=place)
    await talk.types(JANG, "turn order", place=place, members="이은빈, 구미진")
    await talk.scene.sent()


async def test_two_weeks_in_a_forum(scene: Scene) -> None:
    talk, guild = Talk(scene), scene.platform.guild("ku")
    forum = guild.forum("study", "공지", needs_tag=True)
    await begins(talk, thread_in(forum, "lobby", scene.leader))
    assert list(posts(forum)) == ["lobby", "Study-MLOps 스터디를 시작해요", "팀블로그 순서를 정했어요"]
    assert posts(forum)["Study-MLOps 스터디를 시작해요"].messages[-1].text == "문수인이 스터디에 들어왔어요"

    await scene.until("2022-04-06 00:00:10")
    await scene.sent()
    week, questions = posts(forum)["1주차 시작"], posts(forum)["1주차 질문"]
    assert questions.mention in week.messages[0].text
    assert week.messages[0].pinged == [talk.person(LEE)]
    handed = await talk.presses(KOO, week.messages[0], "submit", link=LINK)
    assert "1주차 · 정시" in handed.text
    await scene.sent()
    assert "제출 1/5 · 구미진" in week.messages[0].text

    await scene.until("2022-04-12 21:00:10")
    await scene.sent()
    reminder = posts(forum)["1주차 과제 알림"].messages[0]
    assert talk.person(KOO) not in reminder.pinged
    await scene.until("2022-04-13 00:00:10")
    await scene.sent()
    assert "1주차 과제 알림" not in posts(forum)
    assert (questions.archived, questions.locked) == (True, True)
    assert "질문을 닫았어요" in questions.messages[-1].text

    await scene.until("2022-04-13 12:00:10")
    await scene.sent()
    assert "정시: 구미진" in posts(forum)["1주차 결과"].messages[0].text
    second = posts(forum)["1주차 마감"].messages[0]
    assert "### 2주차 시작" in second.text
    handed = await talk.presses(HAN, second, "submit", link=LINK)
    assert "2주차 · 정시" in handed.text
    await scene.sent()
    assert "제출 1/5 · 한현경" in second.text


async def test_two_weeks_in_a_thread(scene: Scene) -> None:
    talk, guild = Talk(scene), scene.platform.guild("ku")
    home = thread_in(scene.channel, "mlops", scene.leader)
    await begins(talk, home)
    assert not scene.channel.messages

    def told(what: str) -> Message:
        return [x for x in home.messages if x.text.startswith(what)][-1]

    await scene.until("2022-04-06 00:00:10")
    await scene.sent()
    opened = told("### 1주차 시작")
    assert opened.pinged == [talk.person(LEE)]
    assert "1주차" in (await talk.presses(KOO, opened, "submit", link=LINK)).text
    handed = await talk.types(HAN, "submit", place=home, link=LINK)
    assert "1주차 · 정시" in handed.text
    await scene.sent()
    assert "제출 2/5 · 구미진, 한현경" in opened.text

    await scene.until("2022-04-12 21:00:10")
    await scene.sent()
    reminder = told("### 1주차 과제 알림")
    assert reminder.pinged == [talk.person(name) for name in ("장서진", "이은빈", "문수인")]
    home.archive()
    await scene.until("2022-04-13 12:00:10")
    await scene.sent()
    assert reminder.deleted
    assert "정시: 구미진, 한현경" in told("### 1주차 결과").text
    assert "### 2주차 시작" in told("### 1주차 마감").text
    assert told("1주차 질문을 닫았어요").is_silent
    assert not home.archived
    assert guild.threads == [home]
