"""Cuts a command line into operators and words.

A word is a list of parts, so that quotes still tell later what may be expanded:
`Part("text", "a b", quoted=True)`, `Part("variable", "HOME")`, `Part("command", "pwd")`.
"""

from dataclasses import dataclass

# Longest first. What is read and not carried out is refused by name.
OPERATORS = (
    "2>&1", "1>&2", "&>>", "2>>", "<<<", ">&2", "&&", "||", ">>", "<<", "&>", "2>", "1>", ";;",
    "|", ";", "<", ">", "&", "(", ")",
)  # fmt: skip
# A digit in front of these belongs to a word, unless the word begins with it.
NUMBERED = ("2>&1", "1>&2", "2>>", "2>", "1>")
NAME_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
SPECIAL_NAMES = frozenset("?#$*@!-0123456789")


class ShellSyntaxError(Exception):
    """The line is not a command; its text says why."""


@dataclass(frozen=True)
class Part:
    """A piece of a word: "text", "variable" (a name) or "command" (a command line)."""

    kind: str
    value: str
    quoted: bool = False


@dataclass(frozen=True)
class Token:
    """An operator, or a word with its parts. `start` is where it begins in the line."""

    operator: str
    parts: tuple = ()
    start: int = 0


def tokens(line):
    """All tokens of a line; raises `ShellSyntaxError`."""
    return Lexer(line).run()


class Lexer:
    """Reads from left to right."""

    def __init__(self, line):
        self.line = line
        self.at = 0
        self.found = []

    def run(self):
        while self.skip_blanks():
            operator = self.operator_here()
            if operator:
                self.found.append(Token(operator, start=self.at))
                self.at += len(operator)
            else:
                start = self.at
                self.found.append(Token("", tuple(self.word()), start))
        return self.found

    def skip_blanks(self):
        """Goes to the next token; says whether there is one."""
        while self.at < len(self.line):
            here = self.line[self.at]
            if self.line.startswith("\\\n", self.at):
                self.at += 2
            elif here == "\n":
                self.found.append(Token("\n", start=self.at))
                self.at += 1
            elif here in " \t\r":
                self.at += 1
            elif here == "#":
                end = self.line.find("\n", self.at)
                self.at = len(self.line) if end < 0 else end
            else:
                return True
        return False

    def operator_here(self):
        for operator in OPERATORS:
            if self.line.startswith(operator, self.at):
                return operator
        return ""

    def ends_word(self):
        here = self.line[self.at]
        if here in " \t\r\n":
            return True
        operator = self.operator_here()
        return bool(operator) and operator not in NUMBERED

    def word(self):
        parts = []
        while self.at < len(self.line) and not self.ends_word():
            here = self.line[self.at]
            if here == "'":
                parts.append(Part("text", self.until_quote("'"), quoted=True))
            elif here == '"':
                parts.extend(self.double_quoted())
            elif here == "\\":
                parts.extend(self.escaped())
            elif here == "$":
                parts.append(self.dollar(quoted=False))
            elif here == "`":
                raise ShellSyntaxError("`...` is not understood here: write $(...) instead")
            else:
                parts.append(Part("text", here))
                self.at += 1
        return parts

    def until_quote(self, quote):
        end = self.line.find(quote, self.at + 1)
        if end < 0:
            raise ShellSyntaxError(f"the quote {quote} is not closed")
        text = self.line[self.at + 1 : end]
        self.at = end + 1
        return text

    def escaped(self):
        """A backslash outside quotes: the next character is nothing but itself."""
        self.at += 1
        if self.at >= len(self.line):
            return [Part("text", "\\", quoted=True)]
        here = self.line[self.at]
        self.at += 1
        return [] if here == "\n" else [Part("text", here, quoted=True)]

    def double_quoted(self):
        self.at += 1
        parts = [Part("text", "", quoted=True)]
        while True:
            if self.at >= len(self.line):
                raise ShellSyntaxError('the quote " is not closed')
            here = self.line[self.at]
            if here == '"':
                self.at += 1
                return parts
            if here == "\\" and self.line[self.at + 1 : self.at + 2] in ("$", "`", '"', "\\", "\n"):
                escaped = self.line[self.at + 1]
                self.at += 2
                parts.append(Part("text", "" if escaped == "\n" else escaped, quoted=True))
            elif here == "$":
                parts.append(self.dollar(quoted=True))
            elif here == "`":
                raise ShellSyntaxError("`...` is not understood here: write $(...) instead")
            else:
                parts.append(Part("text", here, quoted=True))
                self.at += 1

    def dollar(self, quoted):
        rest = self.line[self.at + 1 :]
        if rest.startswith("(("):
            raise ShellSyntaxError("$((...)) is not understood here")
        if rest.startswith("("):
            return Part("command", self.inside_parentheses(), quoted)
        if rest.startswith("{"):
            return self.braced(quoted)
        if rest[:1] in SPECIAL_NAMES and rest:
            self.at += 2
            return Part("variable", rest[0], quoted)
        name = ""
        for character in rest:
            if character not in NAME_CHARACTERS:
                break
            name += character
        self.at += 1 + len(name)
        return Part("variable", name, quoted) if name else Part("text", "$", quoted=True)

    def braced(self, quoted):
        end = self.line.find("}", self.at)
        name = self.line[self.at + 2 : max(end, 0)]
        if end < 0 or not name or not set(name) <= NAME_CHARACTERS | SPECIAL_NAMES:
            raise ShellSyntaxError("only ${NAME} is understood of what ${...} can do")
        self.at = end + 1
        return Part("variable", name, quoted)

    def inside_parentheses(self):
        """The text of `$(...)`: the parenthesis that closes it is found by reading what is inside."""
        begin = self.at + 2
        inner = Lexer(self.line)
        inner.at = begin
        depth = 1
        while inner.skip_blanks():
            operator = inner.operator_here()
            if operator:
                depth += {"(": 1, ")": -1}.get(operator, 0)
                inner.at += len(operator)
                if depth == 0:
                    self.at = inner.at
                    return self.line[begin : inner.at - 1]
            else:
                inner.word()
        raise ShellSyntaxError("$( is not closed")
