"""How values look on Slack: nothing that somebody wrote is read as markup that calls or links."""

from zoneinfo import ZoneInfo

import pytest

from bot.doors.slack.style import SlackStyle
from bot.texts import Ahead, Command, People, Person, T, Thread, Url, Words, Written
from tests.rules.season_2022 import seoul
from tests.slack.server import Slack
from tests.slack.texts import hold, pings

ARCHIVE = "https://ku.slack.com/archives/C0123"
STYLE = SlackStyle("ko", ZoneInfo("Asia/Seoul"), "s-", ARCHIVE)
WORDS = Words(STYLE)
MIDNIGHT = seoul("2022-04-13 00:00")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("R&D <b> x > y", "R&amp;D &lt;b&gt; x &gt; y"),
        ("<!channel> <!here>", "&lt;!channel&gt; &lt;!here&gt;"),
        ("<@U0123> <#C0123>", "&lt;@U0123&gt; &lt;#C0123&gt;"),
        ("<https://evil.example|여기>", "&lt;https://evil.example|여기&gt;"),
        ("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
        ("강의를 듣고\n기록하기", "강의를 듣고\n기록하기"),
    ],
)
def test_what_people_write_is_no_markup(written: str, shown: str) -> None:
    assert WORDS.show(Written(written)) == shown
    team = Slack().world.team("ku")
    hold("x", shown, [], team)
    assert team.world.violations == []
    assert pings(shown, [], team) == ([], [])


def test_values_look_as_slack_shows_them() -> None:
    shown = "4월 13일(수) 00:00"
    date = f"<!date^{int(MIDNIGHT.timestamp())}^{{date_short_pretty}} {{time}}|{shown}>"
    assert STYLE.instant(MIDNIGHT) == date
    ahead = str(WORDS.show(Ahead(MIDNIGHT, MIDNIGHT - seoul("2022-04-12 21:00"))))
    assert ahead.startswith(f"{date} (")
    assert STYLE.person(Person("U0123", "구미진")) == "<@U0123>"
    assert STYLE.person(Person(None, "구<미진")) == "@구&lt;미진"
    assert STYLE.person(Person("channel", "x")) == "@x"
    assert WORDS.show(People((Person("U1", "x"), Person(None, "y")))) == "<@U1> @y"
    assert STYLE.command(Command("study join", "<이름>")) == "/s-스터디 참여 &lt;이름&gt;"
    assert STYLE.url(Url("https://example.org/?a=1&b=*2*")) == "<https://example.org/?a=1&amp;b=*2*>"
    assert STYLE.url(Url("https://example.org/a|b")) == "https://example.org/a|b"


def test_threads_and_channels_are_linked() -> None:
    link = T("questions-link")
    shown = WORDS(link)
    assert WORDS.show(Thread("C0123", link)) == "<#C0123>"
    assert WORDS.show(Thread("1649862000.000100", link)) == f"<{ARCHIVE}/p1649862000000100|{shown}>"
    nowhere = Words(SlackStyle("ko", ZoneInfo("Asia/Seoul")))
    assert nowhere.show(Thread("1649862000.000100", link)) == shown
