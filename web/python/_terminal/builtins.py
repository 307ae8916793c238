"""The commands that work on the shell itself, and those that need no file."""

import time

from .lexer import Part
from .options import read_options
from .parser import assigned
from .utility import Usage, utility

EXIT_MESSAGE = "this shell lives as long as the page: close the tab to leave it"
HELP = """\
This is a small shell around the real AWS CLI. It understands
  quotes, $NAME, $?, $(...), ~, * ? [abc], |, >, >>, <, 2>, 2>&1, ;, &&, || and # comments.

Commands:
{commands}

aws help               all of the AWS CLI
aws s3 help            one service
aws s3api put-object help
Tab completes, Up and Down go through what you typed, Ctrl R searches it, Ctrl C stops a command.
"""


@utility("echo")
def echo(shell, arguments, streams):
    """prints its words; -n without a line end, -e with \\n and \\t understood"""
    end, escapes = "\n", False
    rest = list(arguments)
    while rest and rest[0].startswith("-") and rest[0][1:] and set(rest[0][1:]) <= set("neE"):
        flags = rest.pop(0)
        end = "" if "n" in flags else end
        escapes = "e" in flags or (escapes and "E" not in flags)
    text = " ".join(rest)
    streams.out((unescaped(text) if escapes else text) + end)


ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "\\": "\\",
    "a": "\a",
    "b": "\b",
    "0": "\0",
    "e": "\x1b",
}


def unescaped(text):
    out, at = "", 0
    while at < len(text):
        following = text[at + 1 : at + 2]
        if text[at] == "\\" and following in ESCAPES and following:
            out += ESCAPES[following]
            at += 2
        else:
            out += text[at]
            at += 1
    return out


@utility("printf")
def printf(shell, arguments, streams):
    """prints by a pattern: printf '%s,%s\\n' a b"""
    if not arguments:
        raise Usage("usage: printf format [arguments]")
    pattern, rest = unescaped(arguments[0]), list(arguments[1:])
    while True:
        text, taken = fill(pattern, rest)
        streams.out(text)
        rest = rest[taken:]
        if not rest or not taken:
            return 0


def fill(pattern, values):
    """One pass over a pattern; how many values it took."""
    out, taken, at = "", 0, 0
    while at < len(pattern):
        if pattern[at] != "%":
            out += pattern[at]
            at += 1
            continue
        kind = pattern[at + 1 : at + 2]
        if kind == "%":
            out += "%"
        elif kind in ("s", "d"):
            value = values[taken] if taken < len(values) else ""
            out += value if kind == "s" else str(number(value))
            taken += 1
        else:
            raise Usage("of the patterns only %s, %d and %% are understood here")
        at += 2
    return out, taken


def number(text):
    try:
        return int(text or "0")
    except ValueError:
        raise Usage(f"{text}: invalid number") from None


@utility("env")
def env(shell, arguments, streams):
    """prints the exported variables"""
    if arguments:
        raise Usage("only without arguments here: write NAME=value COMMAND")
    for name, value in sorted(shell.environment.items()):
        streams.out(f"{name}={value}\n")


@utility("export")
def export(shell, arguments, streams):
    """sets variables that commands see: export AWS_PROFILE=test"""
    if not arguments:
        for name, value in sorted(shell.environment.items()):
            streams.out(f'export {name}="{value}"\n')
    status = 0
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not is_name(name):
            streams.error(f"export: `{argument}': not a valid identifier")
            status = 1
        elif equals:
            shell.variables.pop(name, None)
            shell.environment[name] = value
        elif name in shell.variables:
            shell.environment[name] = shell.variables.pop(name)
    return status


@utility("unset")
def unset(shell, arguments, streams):
    """forgets variables"""
    for name in arguments:
        shell.variables.pop(name, None)
        shell.environment.pop(name, None)


def is_name(text):
    return (
        assigned((*(Part("text", character) for character in text), Part("text", "="))) is not None
    )


@utility("sleep")
def sleep(shell, arguments, streams):
    """waits some seconds, by the simulated clock"""
    if not arguments:
        raise Usage("missing operand")
    try:
        seconds = [float(argument.removesuffix("s")) for argument in arguments]
    except ValueError:
        raise Usage(f"invalid time interval '{arguments[0]}'") from None
    if any(not 0 <= one < float("inf") for one in seconds):
        raise Usage(f"invalid time interval '{arguments[0]}'")
    time.sleep(sum(seconds))


@utility("date")
def date(shell, arguments, streams):
    """prints the simulated date; +FORMAT as strftime has it"""
    _, operands = read_options(arguments, "u")
    pattern = "%a %b %e %H:%M:%S UTC %Y"
    if operands:
        if not operands[0].startswith("+"):
            raise Usage(f"invalid date '{operands[0]}'")
        pattern = operands[0][1:]
    streams.out(time.strftime(pattern, time.gmtime()) + "\n")


def true(shell, arguments, streams):
    """does nothing, and succeeds"""
    return 0


def false(shell, arguments, streams):
    """does nothing, and fails"""
    return 1


@utility("exit")
def leave(shell, arguments, streams):
    """(there is nothing to leave here)"""
    raise Usage(EXIT_MESSAGE)


@utility("help")
def help_(shell, arguments, streams):
    """tells what there is"""
    lines = [
        f"  {name:<10} {(function.__doc__ or '').strip()}"
        for name, function in sorted(shell.commands.items())
    ]
    streams.out(HELP.format(commands="\n".join(lines)))


COMMANDS = {
    "date": date, "echo": echo, "env": env, "exit": leave, "export": export, "false": false, "help": help_,
    "printf": printf, "sleep": sleep, "true": true, "unset": unset,
}  # fmt: skip
