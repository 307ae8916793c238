"""What becomes of a word: `~`, variables, `$(...)`, then splitting at blanks, then file patterns."""

import fnmatch
import os

PATTERN_CHARACTERS = frozenset("*?[")


class Word:
    """A word while it grows: text, and for each character whether it was quoted."""

    def __init__(self):
        self.text = ""
        self.quoted = []
        # An empty pair of quotes makes a word, an empty variable makes none.
        self.stands = False

    def add(self, text, quoted):
        self.text += text
        self.quoted.extend([quoted] * len(text))
        self.stands = self.stands or bool(text) or quoted


def expand_words(words, scope):
    """All arguments that words become. `scope` has `variable(name)`, `output(command line)`, `cwd`, `home`."""
    arguments = []
    for parts in words:
        for word in split(parts, scope):
            arguments.extend(match_files(word, scope.cwd))
    return arguments


def expand_one(parts, scope):
    """A word as one text: the value of an assignment, the name of a file."""
    text = ""
    for part in with_home(parts, scope):
        text += value(part, scope)
    return text


def with_home(parts, scope):
    """A leading `~` stands for the home."""
    first = parts[0] if parts else None
    if first is None or first.kind != "text" or first.quoted or first.value != "~":
        return parts
    after = parts[1] if len(parts) > 1 else None
    if after is not None and (after.kind != "text" or after.quoted or after.value != "/"):
        return parts
    return (type(first)("text", scope.home, quoted=True), *parts[1:])


def value(part, scope):
    if part.kind == "variable":
        return scope.variable(part.value)
    if part.kind == "command":
        return scope.output(part.value).rstrip("\n")
    return part.value


def split(parts, scope):
    """One word becomes several where an unquoted variable has blanks, or none where it is empty."""
    words = [Word()]
    for part in with_home(parts, scope):
        text = value(part, scope)
        if part.kind == "text" or part.quoted:
            words[-1].add(text, part.quoted)
            continue
        pieces = text.split()
        if text[:1].isspace() and words[-1].stands:
            words.append(Word())
        for at, piece in enumerate(pieces):
            if at > 0:
                words.append(Word())
            words[-1].add(piece, False)
        if text[-1:].isspace() and pieces:
            words.append(Word())
    return [word for word in words if word.stands]


def match_files(word, cwd):
    """The files that a pattern names, in order; the word itself when there are none, as bash does it."""
    if not any(
        c in PATTERN_CHARACTERS and not q for c, q in zip(word.text, word.quoted, strict=True)
    ):
        return [word.text]
    segments = pattern_segments(word)
    found = [""] if not word.text.startswith("/") else ["/"]
    for name, pattern in segments:
        found = [match for base in found for match in below(base, name, pattern, cwd)]
    return sorted(found) or [word.text]


def pattern_segments(word):
    """Path segments: `(name, None)`, or `(text, pattern)` with quoted characters made harmless."""
    segments = []
    name, pattern, is_pattern = "", "", False
    for character, quoted in [*zip(word.text, word.quoted, strict=True), ("/", False)]:
        if character == "/":
            if name:
                segments.append((name, pattern if is_pattern else None))
            name, pattern, is_pattern = "", "", False
            continue
        special = character in PATTERN_CHARACTERS
        is_pattern = is_pattern or (special and not quoted)
        name += character
        pattern += f"[{character}]" if special and quoted else character
    return segments


def below(base, name, pattern, cwd):
    """What a segment names below `base`."""
    if pattern is None:
        path = os.path.join(base, name)
        return [path] if os.path.lexists(os.path.join(cwd, path)) else []
    folder = os.path.join(cwd, base) if base else cwd
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    pattern = pattern.replace("[^", "[!")
    return [
        os.path.join(base, one)
        for one in names
        if fnmatch.fnmatchcase(one, pattern) and (not one.startswith(".") or name.startswith("."))
    ]
