"""Standard input: a line is asked of the learner, in a field below the output.

Python's own `input()` writes its prompt to standard output and reads a line here, so its meaning is
Python's: without the newline, and `EOFError` when the learner ends the input.
"""

import io
import sys

from . import host


class Keyboard(io.TextIOBase):
    """What `sys.stdin` is. The end of the input is no end for ever, as at a terminal."""

    encoding = "utf-8"
    errors = "strict"
    name = "<stdin>"
    mode = "r"

    def __init__(self):
        self._rest = ""

    def readable(self):
        return True

    def readline(self, size=-1, /):
        """The next line with its newline; empty at the end of the input."""
        if not self._rest:
            sys.stdout.flush()
            line = host.read_line()
            self._rest = "" if line is None else line + "\n"
        if size is None or size < 0:
            size = len(self._rest)
        line, self._rest = self._rest[:size], self._rest[size:]
        return line

    def read(self, size=-1, /):
        """Everything up to the end of the input, or `size` characters of it."""
        if size is not None and size >= 0:
            return self.readline(size)
        return "".join(iter(self.readline, ""))

    def forget(self):
        """A new run does not read what the last one left."""
        self._rest = ""


def install():
    """Replaces `sys.stdin`."""
    sys.stdin = sys.__stdin__ = Keyboard()
