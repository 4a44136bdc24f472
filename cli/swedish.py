"""What click says in English when a command is written wrong, said in Swedish."""

import click


def in_swedish(error: click.ClickException) -> str:
    """One sentence for a mistake on the command line."""
    context = getattr(error, "ctx", None)
    hint = f" Se ”{context.command_path} --help”." if context else ""
    match error:
        case click.NoSuchOption():
            return f"Valet {error.option_name} finns inte.{_meant(error.possibilities)}{hint}"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"{name} saknas.{hint}"
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"{name}: {_value(error)}{hint}"
        case click.UsageError() if error.message.startswith("No such command"):
            return f"Kommandot {error.message.split(chr(39))[1]} finns inte.{hint}"
        case click.UsageError() if error.message.startswith("Missing command"):
            return f"Skriv vilket kommando du vill köra.{hint}"
        case click.UsageError():
            return f"Kommandot är inte rätt skrivet: {error.message}{hint}"
        case _:
            return error.format_message()


def _value(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Parameter) and isinstance(error.param.type, click.Choice):
        return f"välj bland {', '.join(error.param.type.choices)}."
    if "does not exist" in error.message:
        return f"{error.message.split(chr(39))[1]} finns inte."
    return error.message


def _meant(possibilities: object) -> str:
    names = list(possibilities) if isinstance(possibilities, list | tuple) else []
    return f" Menade du {names[0]}?" if names else ""
