"""What click says in English, said in Swedish: its help, and what is wrong with a command.

Click sends its own words through gettext; here they are looked up in a table, so that no catalogue has to be
built and found. What does not go through gettext (the usage line, ranges) is put right where it is made.
Called by `cli.main`.
"""

import errno
from collections.abc import Callable

import click
from click import core, decorators, exceptions, formatting, parser, types

_SWEDISH = {
    "Usage:": "Skriv:",
    "Options": "Val",
    "Commands": "Kommandon",
    "Positional arguments": "Argument",
    "Show this message and exit.": "Visa den här hjälpen.",
    "default: {default}": "förval: {default}",
    "env var: {var}": "miljövariabel: {var}",
    "required": "måste anges",
    "{value!r} is not a valid {number_type}.": "”{value}” är inget heltal.",
    "{value!r} is not one of {choices}.": "”{value}” är inget av {choices}.",
    "{value} is not in the range {range}.": "{value} går inte; det ska vara {range}.",
    "Option {name!r} requires an argument.": "{name} ska följas av ett värde.",
    "Option {name!r} does not take a value.": "{name} tar inget värde.",
    "Got unexpected extra argument ({args})": "”{args}” är för mycket.",
    "Got unexpected extra arguments ({args})": "”{args}” är för mycket.",
    "No such command {name!r}.": "Kommandot {name} finns inte.",
    "No such option {name!r}.": "Valet {name} finns inte.",
    "Missing command.": "Skriv vilket kommando du vill köra.",
    "Did you mean {possibility}?": "Menade du {possibility}?",
    "(Did you mean one of: {possibilities}?)": "Menade du något av {possibilities}?",
}
_TROUBLE = {
    errno.ENOENT: "filen eller mappen finns inte",
    errno.EACCES: "får inte läsas eller skrivas; ändra behörigheten",
    errno.EPERM: "får inte läsas eller skrivas; ändra behörigheten",
    errno.EROFS: "får inte skrivas; disken är skrivskyddad",
    errno.ENOSPC: "disken är full; frigör plats och kör igen",
    errno.EISDIR: "är en mapp, inte en fil",
    errno.ENOTDIR: "är en fil, inte en mapp",
    errno.EEXIST: "finns redan",
}


def speak_swedish() -> None:
    """Let click's own words be Swedish; what the table lacks stays as it is."""
    if getattr(core, "_", None) is _word:
        return
    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, words in (("_", _word), ("ngettext", _words)):
            if hasattr(module, name):
                setattr(module, name, words)
    for owner, name, around in (
        (formatting.HelpFormatter, "write_usage", _usage),
        (types.IntRange, "_describe_range", _range),
        (core.Command, "get_short_help_str", _whole_sentence),
    ):
        setattr(owner, name, around(getattr(owner, name)))


def _word(message: str) -> str:
    return _SWEDISH.get(message, message)


def _words(singular: str, plural: str, count: int) -> str:
    return _word(singular if count == 1 else plural)


def _usage(write: Callable[..., None]) -> Callable[..., None]:
    """The usage line, with Swedish words for what stands in the place of options and commands."""

    def swedish(formatter: click.HelpFormatter, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[VAL]").replace("COMMAND [ARGS]...", "KOMMANDO …")
        write(formatter, prog, args, prefix)

    return swedish


def _range(_describe: Callable[..., str]) -> Callable[..., str]:
    """A range as "1 till 65535" or "minst 0"; ours have no open ends."""

    def swedish(kind: click.IntRange) -> str:
        if kind.max is None:
            return f"minst {kind.min}"
        return f"högst {kind.max}" if kind.min is None else f"{kind.min} till {kind.max}"

    return swedish


def _whole_sentence(shorten: Callable[..., str]) -> Callable[..., str]:
    """A command's first sentence in a list of commands, whole: it may take two lines."""

    def swedish(command: click.Command, _limit: int = 0) -> str:
        return shorten(command, 300)

    return swedish


def counted(number: int, one: str, several: str) -> str:
    """ "1 brev skickat", "2 brev skickade"."""
    return f"{number} {one if number == 1 else several}"


def in_swedish(error: click.ClickException) -> str:
    """One sentence for a mistake on the command line."""
    context = getattr(error, "ctx", None)
    hint = f" Se ”{context.command_path} --help”." if context else ""
    parameter = getattr(error, "param", None)
    match error:
        case click.MissingParameter():
            return f"{_called(parameter)} saknas.{hint}"
        case click.BadParameter():
            return f"{_called(parameter)}: {error.message}{hint}"
        case _:
            return f"{error.format_message()}{hint}".replace("'", "")


def _called(parameter: click.Parameter | None) -> str:
    """The option as it is written, the argument as the help shows it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(click.Context(click.Command(""))).strip("[]") if parameter else "Något"


def of_the_system(error: OSError) -> str:
    """One sentence for a file or folder that cannot be used."""
    sentence = _TROUBLE.get(error.errno or 0, f"går inte att använda ({error.strerror})")
    return f"{error.filename}: {sentence}." if error.filename else f"Det gick inte: {sentence}."
