"""The command line. Exit status 0 for success, 1 for a failed run, 2 for bad input (one line on standard error)."""

import os
import sys

import click
import pydantic

from playground import __version__
from playground.engine.errors import EngineError, SpecError
from playground.runs import NotFoundError, StoreError

_MODULES = {
    "recipes": "playground.cli.show",
    "catalog": "playground.cli.show",
    "summary": "playground.cli.show",
    "code": "playground.cli.code",
    "run": "playground.cli.run",
    "runs": "playground.cli.runs",
    "export": "playground.cli.export",
    "scalars": "playground.cli.export",
    "doctor": "playground.cli.doctor",
    "stop": "playground.cli.doctor",
    "bench": "playground.cli.bench",
}


class _Lazy(click.Group):
    """Imports the module of a command when it is called: ``stop`` should not wait for what ``bench`` needs."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        module = _MODULES.get(name)
        if module is None:
            return None
        command: click.Command = getattr(__import__(module, fromlist=[name]), name)
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _MODULES and not args[0].startswith("-"):
            raise click.UsageError(f"There is no command {args[0]!r}; there are: {', '.join(_MODULES)}")
        return super().resolve_command(context, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="Keras Playground")
def cli() -> None:
    """Train real Keras models without a browser, with the engine of the app."""


def main(args: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    try:
        result = cli.main(args, prog_name="python -m playground", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        return _refused(error.format_message())
    except pydantic.ValidationError as error:
        from playground.specs.edit import describe

        return _refused(describe(error))
    except (SpecError, NotFoundError, StoreError, EngineError, ValueError) as error:
        return _refused(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader is gone; nothing more to say
        return 0
    return int(result or 0) if isinstance(result, int) else 0


def _refused(message: str) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return 2
