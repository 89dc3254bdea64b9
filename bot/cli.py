"""The process's commands. What a command needs is imported when it is run: `--help` stays quick."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from db.archive import Manifest

app = typer.Typer(
    help="studybot runs a study group inside its chat channel.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database.", no_args_is_help=True)
manifests = typer.Typer(help="What a platform is told of the bot.", no_args_is_help=True)
helping = typer.Typer(help="What there is to type in the channel.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(helping, name="help")
app.add_typer(manifests, name="manifest")

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration, config.toml by default."),
]


StudyNumber = Annotated[
    int | None, typer.Option("--study", metavar="ID", help="Which study, where there are several.")
]
Format = Literal["readme", "log", "csv", "json", "ics"]


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
    from bot.checks import check as checked

    good = asyncio.run(checked(settings, typer.echo))
    raise typer.Exit(0 if good else 1)


@database.command("upgrade")
def upgrade(config: ConfigFile = None) -> None:
    """Bring the database to the newest revision."""
    settings = _settings(config)
    from bot.app import upgrade_database

    with _said():
        asyncio.run(upgrade_database(settings))


@app.command("backup")
def back_up(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes: backup.zip.")],
    config: ConfigFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it is there already.")] = False,
) -> None:
    """Write everything into one file, for SQLite and PostgreSQL alike; the bot may be running."""
    settings = _settings(config)
    from bot.app import back_up as backed_up

    with _said():
        made = asyncio.run(backed_up(settings, file, replace=force))
    typer.echo(f"{file}: {_counted(made)}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `studybot backup` wrote.")],
    config: ConfigFile = None,
) -> None:
    """Put a backup into an empty database; stop the bot first."""
    settings = _settings(config)
    from bot.app import restore as restored

    with _said():
        held = asyncio.run(restored(settings, file))
    typer.echo(f"restored {_counted(held)}, as of {held.taken_at:%Y-%m-%d %H:%M} UTC")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A README, or a study as JSON.")],
    config: ConfigFile = None,
    study: StudyNumber = None,
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="ABOUT=VALUE", help="An answer, such as year=2022."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How a dry run is told.")
    ] = "text",
) -> None:
    """Make a study of a README's table, or take its links into one that is there."""
    settings = _settings(config)
    from bot import clerk
    from bot.checks import database_problems
    from bot.house import real_now

    with _said(), clerk.explained(), database_problems(settings):
        given = clerk.answers(answer or ())
        wish = clerk.Wish(settings.database.url, file, study, given, yes, dry_run, form)
        code = clerk.run(wish, real_now())
    raise typer.Exit(code)


@app.command()
def export(
    form: Annotated[Format, typer.Option("--format", help="The format.")],
    config: ConfigFile = None,
    study: StudyNumber = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="Where to; a README or log there is edited in place."),
    ] = None,
) -> None:
    """Write a study's records out, to FILE or as they are."""
    settings = _settings(config)
    from bot import clerk
    from bot.checks import database_problems
    from bot.house import real_now

    with _said(), clerk.explained(), database_problems(settings):
        content = clerk.export(settings.database.url, study, form, into, real_now())
    if into is None:
        sys.stdout.buffer.write(content)


def _counted(held: "Manifest") -> str:
    studies = held.count("study")
    return f"{studies} {'study' if studies == 1 else 'studies'}, {held.rows} rows"


@helping.command("commands")
def commands(
    language: Annotated[Literal["ko", "en"], typer.Option(help="Their language.")] = "en",
) -> None:
    """List the commands that members type, with their options."""
    from bot.commands.command import Commands
    from bot.texts import command_name, plain

    for command in Commands.in_package("cogs").values():
        names = [(plain(language, option.key), option.required) for option in command.typed]
        options = " ".join(name if required else f"[{name}]" for name, required in names)
        typer.echo(f"/{command_name(command.name, language)} {options}".strip())
        typer.echo(f"    {plain(language, command.key + '.about')}")


@manifests.command("slack")
def manifest_slack(config: ConfigFile = None) -> None:
    """Print the manifest from which Slack makes the app; it needs no tokens."""
    settings = _settings(config)
    from bot.checks import slack_manifest

    with _said():
        typer.echo(slack_manifest(settings))


@manifests.callback()
def manifest() -> None:
    """What a platform is told of the bot."""


def _settings(file: Path | None) -> "Settings":
    from bot.config import load

    with _said():
        return load(file)


@contextmanager
def _said() -> Iterator[None]:
    """Say in one line which setting or which backup cannot be used, and exit 1."""
    from bot.config import BadSettings
    from db.archive import BackupRefused

    try:
        yield
    except (BadSettings, BackupRefused) as problem:
        typer.echo(f"studybot: {problem}", err=True)
        raise typer.Exit(1) from None


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
