"""Carries a line out: pipelines in order, each command with its streams.

There is one thread: a command of a pipeline runs to its end before the next begins, and what it wrote
waits in memory meanwhile.
"""

import io
import os

from . import expand
from .lexer import ShellSyntaxError
from .parser import parse

SYNTAX_ERROR = 2
NOT_FOUND = 127
INTERRUPTED = 130
# What waits between two commands of a pipeline, or is put into a command line.
PIPE_BYTES_MAX = 64 * 1024 * 1024
# `$(...)` inside `$(...)`.
DEPTH_MAX = 20


class TooMuch(Exception):
    """More bytes between two commands than memory should hold."""


class Pipe(io.RawIOBase):
    """Memory that a command writes into and the next one reads."""

    def __init__(self):
        self.content = bytearray()

    def writable(self):
        return True

    def write(self, content):
        if len(self.content) + len(content) > PIPE_BYTES_MAX:
            raise TooMuch(f"more than {PIPE_BYTES_MAX // 2**20} MiB between two commands")
        self.content += content
        return len(content)


class Streams:
    """What a command reads and writes: three binary streams."""

    def __init__(self, stdin, stdout, stderr):
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr

    def out(self, text):
        """Prints text, whatever a file's name holds."""
        self.stdout.write(text.encode("utf-8", "surrogateescape"))

    def error(self, text):
        self.stderr.write(f"{text}\n".encode("utf-8", "surrogateescape"))


class Shell:
    """The state that lives from line to line: folder, variables, the last status."""

    def __init__(self, commands, home, cwd, environment, variables=None, last=0):
        self.commands = commands
        self.home = home
        self.cwd = cwd
        self.environment = environment
        self.variables = variables or {}
        self.last = last
        # The folder that `cd -` goes back to.
        self.before = None
        # Within how many `$(...)` this is, where their errors go, and how the last of them ended.
        self.depth = 0
        self.stderr = None
        self.substituted = 0

    def run(self, line, streams):
        """Runs a line to its end; the status of its last command."""
        self.stderr = streams.stderr
        try:
            pipelines = parse(line)
        except ShellSyntaxError as error:
            streams.error(f"sh: {error}")
            self.last = SYNTAX_ERROR
            return self.last
        for pipeline in pipelines:
            if pipeline.joint == "&&" and self.last != 0:
                continue
            if pipeline.joint == "||" and self.last == 0:
                continue
            self.last = self.run_pipeline(pipeline.commands, streams)
            if self.last == INTERRUPTED:
                break
        return self.last

    def run_pipeline(self, commands, streams):
        stdin = streams.stdin
        status = 0
        for at, command in enumerate(commands):
            is_last = at == len(commands) - 1
            pipe = None if is_last else Pipe()
            inner = Streams(stdin, streams.stdout if is_last else pipe, streams.stderr)
            # As in bash, a command of a pipeline cannot change the shell itself.
            shell = self if len(commands) == 1 else self.copy()
            status = shell.run_command(command, inner)
            if status == INTERRUPTED:
                return status
            stdin = None if is_last else io.BytesIO(bytes(pipe.content))
        return status

    def copy(self):
        """A shell that changes nothing of this one."""
        environment, variables = dict(self.environment), dict(self.variables)
        copied = Shell(self.commands, self.home, self.cwd, environment, variables, self.last)
        copied.before, copied.depth, copied.stderr = self.before, self.depth, self.stderr
        return copied

    def run_command(self, command, streams):
        opened = []
        self.substituted = 0
        try:
            arguments = expand.expand_words(command.words, self)
            values = [(name, expand.expand_one(parts, self)) for name, parts in command.assignments]
            streams = self.redirected(command.redirections, streams, opened)
            return self.carry_out(arguments, values, streams)
        except ShellSyntaxError as error:
            streams.error(f"sh: {error}")
            return SYNTAX_ERROR
        except OSError as error:
            streams.error(f"sh: {error.filename}: {error.strerror}")
            return 1
        except (TooMuch, ValueError) as error:
            streams.error(f"sh: {error}")
            return 1
        except KeyboardInterrupt:
            return INTERRUPTED
        finally:
            for file in opened:
                file.close()

    def carry_out(self, arguments, values, streams):
        if not arguments:
            for name, value in values:
                self.set(name, value)
            # `A=$(command)` has the status of the command.
            return self.substituted
        name = arguments[0]
        function = self.commands.get(name)
        if function is None:
            known = ", ".join(sorted(self.commands))
            streams.error(f"{name}: command not found. There are: {known}")
            return NOT_FOUND
        kept = dict(self.environment)
        self.environment.update(values)
        try:
            return function(self, arguments[1:], streams) or 0
        finally:
            if values:
                self.environment.clear()
                self.environment.update(kept)

    def redirected(self, redirections, streams, opened):
        """The streams after all redirections, from left to right."""
        streams = Streams(streams.stdin, streams.stdout, streams.stderr)
        for redirection in redirections:
            if redirection.mode is None:
                other = streams.stdout if redirection.stream == "stderr" else streams.stderr
                setattr(streams, redirection.stream, other)
                continue
            name = expand.expand_one(redirection.target, self)
            # Redirection to a folder that is not there, and the like, is the shell's own error.
            file = self.open(name, redirection.mode)
            opened.append(file)
            targets = (
                ("stdout", "stderr") if redirection.stream == "both" else (redirection.stream,)
            )
            for target in targets:
                setattr(streams, target, file)
        return streams

    def open(self, name, mode):
        if name == "/dev/null":
            return io.BytesIO() if "r" in mode else Nowhere()
        try:
            return open(self.path(name), mode, buffering=0)
        except OSError as error:
            raise OSError(error.errno, error.strerror, name) from None

    def path(self, name):
        """Where a name leads from the folder that is open."""
        return os.path.normpath(os.path.join(self.cwd, name))

    # What `expand` asks for.

    def variable(self, name):
        if name == "?":
            return str(self.last)
        if name in ("PWD", "HOME", "OLDPWD"):
            own = {"PWD": self.cwd, "HOME": self.home, "OLDPWD": self.before or ""}
            return self.environment.get(name, own[name]) if name == "HOME" else own[name]
        return self.environment.get(name, self.variables.get(name, ""))

    def output(self, line):
        """What a line prints, for `$(...)`; its status becomes the last one."""
        if self.depth >= DEPTH_MAX:
            raise ShellSyntaxError("$(...) is nested too deep")
        pipe = Pipe()
        shell = self.copy()
        shell.depth = self.depth + 1
        self.substituted = shell.run(line, Streams(io.BytesIO(), pipe, self.stderr))
        return bytes(pipe.content).decode("utf-8", "replace").replace("\0", "")

    def set(self, name, value):
        """An assignment: an exported variable stays exported."""
        if name in self.environment:
            self.environment[name] = value
        else:
            self.variables[name] = value


class Nowhere(io.RawIOBase):
    """/dev/null"""

    def writable(self):
        return True

    def write(self, content):
        return len(content)
