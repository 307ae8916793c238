"""Where in the learner's own files a call stands."""

import sys

HOME = "/home/learner"
# Where scripts and commands begin.
WORK = HOME + "/work"

# What a whole run is known by instead, such as `aws s3 cp`: set while a command runs.
command = ""


def shown(path):
    """A path of the learner's as it is told: `main.py` for a file beside the script."""
    return path.removeprefix(WORK + "/").removeprefix(HOME + "/")


def of_caller():
    """`main.py:6` for the innermost frame that runs a file of the learner's; else the command, or an empty text."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(HOME + "/"):
            return f"{shown(name)}:{frame.f_lineno}"
        frame = frame.f_back
    return command
