"""The process's commands. What a command needs is imported when it is run: `--help` stays quick."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.config import Settings

app = typer.Typer(
    help="studybot runs a study group inside its chat channel.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database.", no_args_is_help=True)
helping = typer.Typer(help="What there is to type in the channel.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(helping, name="help")

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration, config.toml by default."),
]


@app.command()
def run(config: ConfigFile = None) -> None:
    """Start what is configured; with no door configured, the playground on loopback."""
    settings = _settings(config)
    from bot.app import serve

    with _said():
        serve(settings)


@app.command()
def check(config: ConfigFile = None) -> None:
    """Say what is configured, reachable, and missing; exit 1 if something is wrong."""
    settings = _settings(config)
    from bot.app import check as checked

    good = asyncio.run(checked(settings, typer.echo))
    raise typer.Exit(0 if good else 1)


@database.command("upgrade")
def upgrade(config: ConfigFile = None) -> None:
    """Bring the database to the newest revision."""
    settings = _settings(config)
    from bot.app import upgrade_database

    with _said():
        asyncio.run(upgrade_database(settings))


@helping.command("commands")
def commands(
    language: Annotated[Literal["ko", "en"], typer.Option(help="Their language.")] = "en",
) -> None:
    """List the commands that members type, with their options."""
    from bot.app import describe

    for line in describe(language):
        typer.echo(line)


def _settings(file: Path | None) -> "Settings":
    from bot.config import load

    with _said():
        return load(file)


@contextmanager
def _said() -> Iterator[None]:
    """Say in one line which setting cannot be used, and exit 1."""
    from bot.config import BadSettings

    try:
        yield
    except BadSettings as problem:
        typer.echo(f"studybot: {problem}", err=True)
        raise typer.Exit(1) from None


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
