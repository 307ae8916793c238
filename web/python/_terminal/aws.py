"""The AWS CLI: the real one (awscli, version 1), called as its own command would."""

import sys

from _cloudarium import source

from . import cli
from .process import process
from .shell import INTERRUPTED

# What awscli itself answers for a failure that it did not foresee.
FAILED = 255
GLOBAL_VALUED = (
    "--ca-bundle", "--cli-connect-timeout", "--cli-read-timeout", "--color", "--endpoint-url", "--output",
    "--profile", "--query", "--region",
)  # fmt: skip


def aws(shell, arguments, streams):
    """the AWS CLI: see aws help"""
    from awscli import clidriver

    source.command = title(arguments)
    with process(shell, ["aws", *arguments], streams):
        try:
            if "help" in arguments:
                cli.prepare_help(arguments)
                cli.CATALOGUE.with_documentation = True
            return clidriver.create_clidriver().main(arguments)
        except SystemExit as error:
            return exit_status(error)
        except KeyboardInterrupt:
            return INTERRUPTED
        except RecursionError as error:
            print(error, file=sys.stderr)
            return FAILED
        finally:
            source.command = ""
            cli.CATALOGUE.with_documentation = False


def exit_status(error):
    """The status that a `SystemExit` stands for."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code
    print(error.code, file=sys.stderr)
    return 1


def title(arguments):
    """Who makes the calls, as the list of calls tells it: `aws s3 cp`, `aws s3api`."""
    words = []
    rest = iter(arguments)
    for argument in rest:
        if argument in GLOBAL_VALUED:
            next(rest, None)
        elif not argument.startswith("-"):
            words.append(argument)
    shown = 2 if words[:1] == ["s3"] else 1
    return " ".join(["aws", *words[:shown]])


COMMANDS = {"aws": aws}
