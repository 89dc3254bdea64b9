"""How values look on the page: HTML, with everything that people wrote escaped."""

from datetime import datetime

from markupsafe import Markup, escape

from bot.texts import Command, Name, Person, Style, Url


class PageStyle(Style):
    """HTML; the catalogues' own sentences are trusted, values are escaped."""

    def escape(self, text: str) -> str:
        return str(escape(text))

    def name(self, name: Name) -> str:
        return str(Markup('<b class="name">{}</b>').format(name.text))

    def person(self, person: Person) -> str:
        return str(Markup('<b class="mention">@{}</b>').format(person.name))

    def instant(self, at: datetime) -> str:
        shown = super().instant(at)
        return str(Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown))

    def url(self, url: Url) -> str:
        link = '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>'
        return str(Markup(link).format(url.address, url.address))

    def thread(self, id_: str, shown: str) -> str:
        link = '<a class="to-thread" href="#thread-{}">{}</a>'
        return str(Markup(link).format(id_, Markup(shown)))

    def command(self, command: Command) -> str:
        return f'<code class="command">{super().command(command)}</code>'
