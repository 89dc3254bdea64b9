"""The wording of texts: a catalogue's sentence with values as a style shows them."""

from datetime import date, datetime, timedelta

from bot.texts import values as v
from bot.texts.catalogue import fill, plain
from bot.texts.style import Style


class Words:
    """Words texts in one language and style."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def __call__(self, text: v.Text) -> str:
        """The text as its reader sees it; raises `MissingText` where a catalogue or a value lacks."""
        if not text.values:
            return plain(self.style.language, text.key)
        shown = {name: self.show(value) for name, value in text.values.items()}
        return fill(self.style.language, text.key, shown)

    def show(self, value: v.Value) -> str | int:
        """One value as the style shows it; whole numbers stay numbers, for plurals."""
        style = self.style
        match value:
            case int():
                return value
            case str():
                return style.escape(value)
            case datetime():
                return style.instant(value)
            case date():
                return style.day(value)
            case timedelta():
                return style.span(value)
            case v.Text():
                return self(value)
            case v.Listed(texts):
                return ", ".join(self(text) for text in texts)
            case v.Name():
                return style.name(value)
            case v.Names(texts):
                return style.names(texts)
            case v.Person():
                return style.person(value)
            case v.People(persons):
                return " ".join(style.person(person) for person in persons)
            case v.Money():
                return style.money(value)
            case v.Month():
                return style.month(value)
            case v.Clock():
                return style.clock(value)
            case v.Exact(at):
                return style.exact(at)
            case v.Ahead(at, left):
                return style.ahead(at, left)
            case v.Thread(id_, label):
                return style.thread(id_, self(label))
            case v.Url():
                return style.url(value)
            case v.Command():
                return style.command(value)
            case v.Written(words):
                return style.escape(words)
