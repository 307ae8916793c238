"""Where in the learner's own files a call stands."""

import sys

HOME = "/home/learner"


def of_caller():
    """`main.py:6` for the innermost frame that runs a file of the learner's; else an empty text."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(HOME + "/"):
            return f"{name[len(HOME) + 1 :]}:{frame.f_lineno}"
        frame = frame.f_back
    return ""
