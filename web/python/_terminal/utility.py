"""What all small commands share: options that are wrong, files that are not there."""

import os

from .options import WrongOption


class Usage(Exception):
    """The command cannot be carried out as it was written."""


def utility(name, status=1):
    """Makes a command of `function(shell, arguments, streams)`: its failures are told as `name: why`."""

    def wrap(function):
        def run(shell, arguments, streams):
            try:
                return function(shell, arguments, streams)
            except (WrongOption, Usage) as error:
                streams.error(f"{name}: {error}")
                return status
            except OSError as error:
                streams.error(f"{name}: {error.filename}: {error.strerror}")
                return status

        run.__doc__ = function.__doc__
        return run

    return wrap


def reason(error):
    """An operating system's error in its own words."""
    return os.strerror(error.errno) if error.errno else str(error)


def each_file(shell, name, operands, streams, words="{}"):
    """Yields `(operand, content)` for every file that can be read; without operands, standard input.

    What cannot be read is told (`words` says how), and makes `failed` true on the generator's last value: `(None, failed)`.
    """
    failed = False
    for operand in operands or ["-"]:
        if operand == "-":
            yield operand, streams.stdin.read()
            continue
        try:
            with open(shell.path(operand), "rb") as file:
                yield operand, file.read()
        except OSError as error:
            streams.error(f"{name}: {words.format(operand)}: {reason(error)}")
            failed = True
    yield None, failed
