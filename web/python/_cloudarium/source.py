"""Where in the learner's own code a call stands: in a file, or in an input at the prompt."""

import sys

HOME = "/home/learner"
# Where scripts and commands begin.
WORK = HOME + "/work"

# Before the number of an input at the prompt.
INPUT = "<repl:"

# What a whole run is known by instead, such as `aws s3 cp`: set while a command runs.
command = ""


def shown(path):
    """A path of the learner's as it is told: `main.py` for a file beside the script."""
    return path.removeprefix(WORK + "/").removeprefix(HOME + "/")


def of_input(number):
    """The name under which an input at the prompt is compiled: `<repl:1>`."""
    return f"{INPUT}{number}>"


def file_of(name):
    """`main.py` for a file of the learner's; None for any other."""
    return shown(name) if name and name.startswith(HOME + "/") else None


def of_caller():
    """Where the innermost frame of the learner's own code stands: `main.py:6`, or `repl:1` for an input at the prompt.

    Else the command, or an empty text.
    """
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(HOME + "/"):
            return f"{shown(name)}:{frame.f_lineno}"
        if name.startswith(INPUT):
            return name[1:-1]
        frame = frame.f_back
    return command
