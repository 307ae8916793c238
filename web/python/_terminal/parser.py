"""Puts tokens together: a line is pipelines joined by `;`, `&&` and `||`; a pipeline is commands."""

from dataclasses import dataclass, field

from .lexer import NAME_CHARACTERS, ShellSyntaxError, tokens

JOINTS = (";", "\n", "&&", "||")
# How each redirection works: which stream, and how the file is opened. None stands for the other stream.
REDIRECTIONS = {
    ">": ("stdout", "wb"),
    "1>": ("stdout", "wb"),
    ">>": ("stdout", "ab"),
    "2>": ("stderr", "wb"),
    "2>>": ("stderr", "ab"),
    "<": ("stdin", "rb"),
    "&>": ("both", "wb"),
    "&>>": ("both", "ab"),
    "2>&1": ("stderr", None),
    "1>&2": ("stdout", None),
    ">&2": ("stdout", None),
}
# What POSIX shells have and this one lacks.
LACKING = {
    "&": "commands cannot be put into the background here: leave the & away",
    "<<": "<< (a here-document) is not understood here: put the text into a file",
    "<<<": "<<< is not understood here: use echo and a pipe",
    "(": "( ) around commands is not understood here",
    ")": "there is a ) too many",
    ";;": "case is not understood here",
}
KEYWORDS = frozenset(
    "if then elif else fi for while until do done case esac function { } [[ !".split()
)


@dataclass
class Redirection:
    """Where a stream goes or comes from: `stream`, `mode` and the word of the file."""

    stream: str
    mode: str
    target: tuple = ()


@dataclass
class Command:
    """One command: variables set for it, its words, its redirections in order."""

    assignments: list = field(default_factory=list)
    words: list = field(default_factory=list)
    redirections: list = field(default_factory=list)


@dataclass
class Pipeline:
    """Commands, each reading what the one before writes. `joint` is what stands before it."""

    joint: str
    commands: list


def parse(line):
    """The pipelines of a line; raises `ShellSyntaxError`."""
    return Parser(tokens(line)).run()


class Parser:
    def __init__(self, found):
        self.found = found
        self.at = 0

    def run(self):
        pipelines = []
        joint = ";"
        while self.at < len(self.found):
            if self.operator() == "\n":
                self.at += 1
                continue
            pipelines.append(Pipeline(joint, self.pipeline()))
            joint = self.operator().replace("\n", ";") or ";"
            self.at += 1
        if joint != ";":
            raise ShellSyntaxError(f"there is no command after {joint}")
        return pipelines

    def operator(self):
        """The operator here, or an empty text; what is lacking is named."""
        operator = self.found[self.at].operator if self.at < len(self.found) else ""
        if operator in LACKING:
            raise ShellSyntaxError(LACKING[operator])
        return operator

    def pipeline(self):
        commands = [self.command()]
        while self.operator() == "|":
            self.at += 1
            commands.append(self.command())
        return commands

    def command(self):
        command = Command()
        while self.at < len(self.found):
            operator = self.operator()
            if operator in JOINTS or operator == "|":
                break
            if operator:
                self.redirection(command, operator)
                continue
            parts = self.found[self.at].parts
            self.at += 1
            assignment = None if command.words else assigned(parts)
            if assignment:
                command.assignments.append(assignment)
            else:
                command.words.append(parts)
        self.check(command)
        return command

    def redirection(self, command, operator):
        stream, mode = REDIRECTIONS[operator]
        self.at += 1
        target = ()
        if mode is not None:
            if self.at >= len(self.found) or self.found[self.at].operator:
                raise ShellSyntaxError(f"there is no file name after {operator}")
            target = self.found[self.at].parts
            self.at += 1
        command.redirections.append(Redirection(stream, mode, target))

    def check(self, command):
        if not (command.words or command.assignments or command.redirections):
            here = self.operator() or "the end"
            raise ShellSyntaxError(f"a command is missing before {here}")
        if any(has_braces(parts) for parts in command.words):
            raise ShellSyntaxError(
                "{a,b} would be taken apart by a shell: put quotes around the word"
            )
        first = plain(command.words[0]) if command.words else None
        if first in KEYWORDS:
            raise ShellSyntaxError(
                f"{first} is not understood here: this is a small shell, see help"
            )


def plain(parts):
    """The text of a word that is nothing but unquoted text; else None."""
    if any(part.kind != "text" or part.quoted for part in parts):
        return None
    return "".join(part.value for part in parts)


def has_braces(parts):
    """Whether bash would make several words of it: `{a,b}`, unquoted."""
    text = "".join(part.value for part in parts if part.kind == "text" and not part.quoted)
    begin = text.find("{")
    end = text.find("}", begin)
    return 0 <= begin < end and "," in text[begin:end]


def assigned(parts):
    """`(name, parts of the value)` when a word is `NAME=value`."""
    name = ""
    for at, part in enumerate(parts):
        if part.kind != "text" or part.quoted:
            return None
        if part.value == "=":
            right = name and not name[0].isdigit() and set(name) <= NAME_CHARACTERS
            return (name, parts[at + 1 :]) if right else None
        name += part.value
    return None
