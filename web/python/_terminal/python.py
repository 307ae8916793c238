"""`python FILE`: a script as the Python tab runs it, within this interpreter."""

import os
import sys

from _cloudarium import run

from . import cli
from .process import process
from .shell import INTERRUPTED
from .utility import Usage, reason, utility


@utility("python", status=2)
def python(shell, arguments, streams):
    """runs a script: python FILE, python -c CODE, COMMAND | python"""
    if arguments[:1] in (["-V"], ["--version"]):
        streams.out(f"Python {sys.version.split()[0]}\n")
        return 0
    code, path, rest = script(shell, arguments, streams)
    with cli.boto3_in_use(), process(shell, [path, *rest], streams):
        run.forget_modules()
        sys.path.insert(0, os.path.dirname(path) or shell.cwd)
        try:
            ending = run.execute(code, path, rest)
        finally:
            del sys.path[0]
    return INTERRUPTED if ending["status"] == "stopped" else ending.get("code", 0)


def script(shell, arguments, streams):
    """`(code, path, arguments of the script)`"""
    if not arguments or arguments[0] == "-":
        return streams.stdin.read(), "<stdin>", arguments[1:]
    if arguments[0] == "-c":
        if len(arguments) < 2:
            raise Usage("argument expected for the -c option")
        return arguments[1], "-c", arguments[2:]
    if arguments[0].startswith("-"):
        raise Usage(f"the option {arguments[0]} is not understood here")
    path = shell.path(arguments[0])
    try:
        with open(path, "rb") as file:
            return file.read(), path, arguments[1:]
    except OSError as error:
        number = error.errno
        raise Usage(f"can't open file '{path}': [Errno {number}] {reason(error)}") from None


COMMANDS = {"python": python, "python3": python}
