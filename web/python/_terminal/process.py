"""What a program sees of the shell while it runs in this interpreter: streams, folder, environment."""

import contextlib
import io
import os
import sys

NO_KEYBOARD = (
    "this asks for something to be typed, and a command cannot ask here. Give it by a pipe, such as "
    "echo TEXT | COMMAND, or by options"
)


class Output(io.RawIOBase):
    """A binary stream that outlives the text stream on top of it."""

    def __init__(self, target):
        self.target = target

    def writable(self):
        return True

    def write(self, content):
        self.target.write(bytes(content))
        return len(content)


def text_stream(target, line_buffering=True):
    return io.TextIOWrapper(
        io.BufferedWriter(Output(target)), "utf-8", "surrogateescape", line_buffering=line_buffering
    )


def read_line(prompt="", /):
    """`input()`: a line of standard input, which is never a keyboard."""
    sys.stdout.write(str(prompt))
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError(NO_KEYBOARD)
    return line.rstrip("\n")


@contextlib.contextmanager
def process(shell, arguments, streams):
    """Within it, this interpreter is a process of the shell's."""
    kept = (sys.argv, sys.stdin, sys.stdout, sys.stderr, dict(os.environ))
    sys.argv = arguments
    sys.stdin = io.TextIOWrapper(io.BytesIO(streams.stdin.read()), "utf-8", "surrogateescape")
    sys.stdout, sys.stderr = text_stream(streams.stdout), text_stream(streams.stderr)
    os.environ.clear()
    os.environ.update({**shell.environment, "PWD": shell.cwd})
    os.chdir(shell.cwd)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            # The program may have closed its streams itself.
            with contextlib.suppress(ValueError):
                stream.flush()
        sys.argv, sys.stdin, sys.stdout, sys.stderr, environment = kept
        os.environ.clear()
        os.environ.update(environment)
