"""The command's entry: the group, its commands, and how trouble is told.

A command's module is imported when it is called, so that `arshjul status` does not pay for Prefect or
pandas. Exit status: 0 done, 1 findings of severity error, 2 bad input (one line on standard error).
"""

import gc
import importlib
import sys

import click

from arshjul.errors import ArshjulError
from cli.swedish import in_swedish, of_the_system, speak_swedish

COMMANDS = {
    "demo": "cli.demo:demo",
    "init": "cli.init:init",
    "plan": "cli.plan:plan_group",
    "wheel": "cli.wheel:wheel",
    "run": "cli.run:run",
    "serve": "cli.serve:serve",
    "portal": "cli.portal:portal",
    "status": "cli.status:status",
    "collect": "cli.collect:collect",
    "sources": "cli.sources:sources",
    "review": "cli.review:review",
    "actions": "cli.actions:actions",
    "judge": "cli.decide:judge",
    "explain": "cli.decide:explain",
    "approve": "cli.decide:approve",
    "correct": "cli.decide:correct",
    "purge": "cli.purge:purge",
    "ils": "cli.ils:ils",
    "archive": "cli.archive:archive",
    "weed": "cli.weed:weed",
    "letters": "cli.letters:letters",
    "backup": "cli.backup:backup",
    "restore": "cli.backup:restore",
    "duties": "cli.duties:duties",
    "deploy": "cli.deploy:deploy",
    "simulate": "cli.simulate:simulate",
    "load-example": "cli.load_example:load_example",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        gc.disable()  # what modules make stays; to look for rubbish among it is a tenth of the start
        try:
            command: click.Command = getattr(importlib.import_module(module), name)
        finally:
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name in COMMANDS:
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.get_short_help_str(90)))
        with formatter.section("Kommandon"):
            formatter.write_dl(rows)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def arshjul() -> None:
    """Kommunens årshjul: underlag, påminnelser, rapporter och arkiv.

    \b
    Exempel:
      arshjul demo                        hela tertial 2 för exempelenheten
      arshjul run T2 2026                 gör det som ska göras i dag
      arshjul status T2 2026              vilka som har svarat och vad som väntar
    """


def main() -> None:
    """Run the command; trouble that a person can mend is one line on standard error."""
    speak_swedish()
    try:
        status = arshjul.main(standalone_mode=False)  # what a command ended with, where it said so
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        _fail("Avbrutet.")
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
    except click.ClickException as error:
        _fail(in_swedish(error))
    except ArshjulError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.exit(0)
    except SystemExit:  # click says 1 of a reader who has gone, as `| head` does; a command never ends so
        sys.exit(0)
    except OSError as error:
        _fail(of_the_system(error))
    except KeyboardInterrupt:
        _fail("Avbrutet. Kör kommandot igen så fortsätter det där det var.")
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(sentence: str) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
