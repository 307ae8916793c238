"""Where the worker comes in: one line of the Terminal, from what the page knows to what it learns.

The page keeps the state between lines, since a worker may be ended at any time.
"""

import builtins as builtins_of_python
import io
import json
import os
import sys

from _cloudarium import source
from _cloudarium.start import ENVIRONMENT

from . import aws, builtins, cli, complete, files, jq, process, python, text
from .shell import Shell, Streams
from .utility import utility

DEFAULT_REGION = "AWS_DEFAULT_REGION"


@utility("clear")
def clear(shell, arguments, streams):
    """empties the screen"""
    shell.wish = "clear"


@utility("history")
def history(shell, arguments, streams):
    """prints what was typed"""
    for number, line in enumerate(shell.history, 1):
        streams.out(f"{number:>5}  {line}\n")


COMMANDS = {
    **files.COMMANDS,
    **text.COMMANDS,
    **builtins.COMMANDS,
    **aws.COMMANDS,
    **jq.COMMANDS,
    **python.COMMANDS,
    "clear": clear,
    "history": history,
}


def base_environment(region):
    return {**ENVIRONMENT, DEFAULT_REGION: region, "PATH": "/usr/bin", "SHELL": "/bin/sh"}


def open_shell(request):
    """The shell as the last line left it. `exports` is what differs from the base; None is "unset"."""
    environment = base_environment(request["region"])
    for name, value in request.get("exports", {}).items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    os.makedirs(source.WORK, exist_ok=True)
    cwd = request.get("cwd") or source.WORK
    if not os.path.isdir(cwd):
        cwd = source.WORK
    shell = Shell(
        COMMANDS, source.HOME, cwd, environment, request.get("variables"), request.get("last", 0)
    )
    shell.before = request.get("before")
    shell.history = request.get("history", [])
    shell.wish = ""
    return shell


def run(request):
    """Runs a line and returns how it ended, as JSON."""
    request = json.loads(request)
    shell = open_shell(request)
    status = shell.run(request["line"], Streams(io.BytesIO(), standard(1), standard(2)))
    base = base_environment(request["region"])
    names = base.keys() | shell.environment.keys()
    exports = {
        name: shell.environment.get(name)
        for name in names
        if shell.environment.get(name) != base.get(name)
    }
    sys.stdout.flush()
    ending = {
        "status": "ok",
        "code": status,
        "cwd": shell.cwd,
        "before": shell.before,
        "exports": exports,
        "variables": shell.variables,
        "wish": shell.wish,
    }
    return json.dumps(ending)


def standard(number):
    """One of the worker's own output streams, in bytes and unbuffered."""
    return open(number, "wb", buffering=0, closefd=False)


def completions(request):
    """What could stand at the cursor, as JSON: see `complete`."""
    request = json.loads(request)
    shell = open_shell(request)
    return json.dumps({"status": "ok", **complete.at(shell, request["line"], request["point"])})


def prepare():
    """Before the first line: awscli is made ready and imported. It takes `input` over as it is then."""
    builtins_of_python.input = process.read_line
    cli.install()
    import awscli.clidriver  # noqa: F401
