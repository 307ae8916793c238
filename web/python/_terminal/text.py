"""The commands that work on lines: grep, head, sort, tail, tee, wc."""

import os
import re

from .options import WrongOption, read_options, whole_number
from .utility import Usage, each_file, utility

TEN = 10


def counted(arguments):
    """`head -3` is `head -n 3`."""
    first = arguments[0] if arguments else ""
    if re.fullmatch(r"-\d+", first):
        return ["-n", first[1:], *arguments[1:]]
    return arguments


def lines_of(content):
    return content.splitlines(keepends=True)


def ends(shell, name, arguments, streams, cut):
    """`head` and `tail`: `cut(pieces, options)` says which lines or bytes are shown."""
    options, operands = read_options(counted(arguments), "qv", "nc")
    shown = 0
    for file, content in each_file(shell, name, operands, streams, "cannot open '{}' for reading"):
        if file is None:
            return int(content)
        if (len(operands) > 1 and "q" not in options) or "v" in options:
            title = "standard input" if file == "-" else file
            streams.out(f"{chr(10) if shown else ''}==> {title} <==\n")
        shown += 1
        streams.stdout.write(cut(content, options))


@utility("head")
def head(shell, arguments, streams):
    """prints the first lines: head -n 5 FILE"""

    def cut(content, options):
        if "c" in options:
            return content[: whole_number(options["c"], "bytes")]
        text = options.get("n", str(TEN))
        if re.fullmatch(r"-\d+", text):
            return b"".join(lines_of(content)[: int(text) or None])
        return b"".join(lines_of(content)[: whole_number(text)])

    return ends(shell, "head", arguments, streams, cut)


@utility("tail")
def tail(shell, arguments, streams):
    """prints the last lines: tail -n 5 FILE"""

    def cut(content, options):
        if "c" in options:
            count = whole_number(options["c"], "bytes")
            return content[-count:] if count else b""
        text = options.get("n", str(TEN))
        if re.fullmatch(r"\+\d+", text):
            return b"".join(lines_of(content)[max(int(text) - 1, 0) :])
        count = whole_number(text.removeprefix("-"))
        return b"".join(lines_of(content)[-count:]) if count else b""

    return ends(shell, "tail", arguments, streams, cut)


@utility("wc")
def wc(shell, arguments, streams):
    """counts lines, words and bytes: -l, -w, -c"""
    options, operands = read_options(
        arguments, "lwcm", names={"lines": "l", "words": "w", "bytes": "c", "chars": "m"}
    )
    asked = [letter for letter in "lwmc" if letter in options] or ["l", "w", "c"]
    rows = []
    failed = False
    for name, content in each_file(shell, "wc", operands, streams):
        if name is None:
            failed = content
            break
        counts = {
            "l": content.count(b"\n"),
            "w": len(content.split()),
            "m": len(content.decode("utf-8", "replace")),
            "c": len(content),
        }
        rows.append(([counts[letter] for letter in asked], name))
    if len(operands) > 1:
        rows.append(
            ([sum(column) for column in zip(*(counts for counts, _ in rows), strict=True)], "total")
        )
    print_counts(rows, bool(operands), len(asked), streams)
    return int(failed)


def print_counts(rows, named, columns, streams):
    """Columns as wide as the largest number; standard input alone has GNU's seven."""
    largest = max((len(str(count)) for counts, _ in rows for count in counts), default=1)
    width = largest if named or columns == 1 else max(largest, 7)
    for counts, name in rows:
        numbers = " ".join(f"{count:>{width}}" for count in counts)
        streams.out(f"{numbers} {name}\n" if named else f"{numbers}\n")


@utility("sort", status=2)
def sort(shell, arguments, streams):
    """sorts lines; -n by number, -r backwards, -u each once, -k by a column"""
    options, operands = read_options(arguments, "nruf", "kt")
    lines = []
    failed = False
    for name, content in each_file(shell, "sort", operands, streams, "cannot read: {}"):
        if name is None:
            failed = content
        else:
            lines.extend(content.splitlines())
    key = sort_key(options)
    lines.sort(
        key=lambda line: (key(line), line if "u" not in options else b""), reverse="r" in options
    )
    seen = set()
    for line in lines:
        if "u" in options:
            if key(line) in seen:
                continue
            seen.add(key(line))
        streams.stdout.write(line + b"\n")
    return 2 * int(failed)


def sort_key(options):
    column = options.get("k")
    if column is not None and not re.fullmatch(r"\d+(,\d+)?", column):
        raise WrongOption(f"invalid column: '{column}'")
    first, _, last = (column or "1").partition(",")
    separator = options["t"].encode() if "t" in options else None

    def key(line):
        if column is not None:
            fields = line.split(separator)[int(first) - 1 : int(last) if last else None]
            line = (separator or b" ").join(fields)
        if "n" in options:
            number = re.match(rb"\s*(-?\d*\.?\d+)", line)
            return float(number[1]) if number else 0.0
        return line.lower() if "f" in options else line

    return key


@utility("grep", status=2)
def grep(shell, arguments, streams):
    """prints the lines that match: -i any case, -v the others, -n numbers, -c counts, -r folders"""
    options, operands = read_options(
        arguments,
        "ivncloqEFwxhHsrR",
        "emABC",
        {
            "ignore-case": "i",
            "invert-match": "v",
            "line-number": "n",
            "count": "c",
            "recursive": "r",
        },
    )
    pattern = options.get("e")
    if pattern is None:
        if not operands:
            raise Usage("usage: grep [OPTION]... PATTERN [FILE]...")
        pattern, *operands = operands
    matches = matcher(pattern, options)
    if options.keys() & {"r", "R"}:
        operands = list(all_files(shell, operands or ["."]))
    titled = (len(operands) > 1 or options.keys() & {"r", "R", "H"}) and "h" not in options
    found = False
    for name, content in each_file(shell, "grep", operands, streams):
        if name is None:
            return 2 if content and not ("q" in options and found) else int(not found)
        title = f"{'(standard input)' if name == '-' else name}:".encode() if titled else b""
        found = print_matches(content, matches, title, options, streams, name) or found


def all_files(shell, operands):
    for operand in operands:
        place = shell.path(operand)
        if not os.path.isdir(place):
            yield operand
            continue
        for folder, folders, names in os.walk(place):
            folders.sort()
            for name in sorted(names):
                inside = os.path.relpath(os.path.join(folder, name), place)
                yield os.path.join(operand, inside)


def matcher(pattern, options):
    """A function from a line to its matches, as spans."""
    text = pattern.encode("utf-8", "surrogateescape")
    if "F" in options:
        text = re.escape(text)
    elif "E" not in options:
        text = basic_to_extended(text)
    text = posix_classes(text)
    if "w" in options:
        text = rb"(?<!\w)(?:" + text + rb")(?!\w)"
    if "x" in options:
        text = rb"^(?:" + text + rb")$"
    try:
        compiled = re.compile(text, re.IGNORECASE if "i" in options else 0)
    except re.error as error:
        raise Usage(f"Invalid regular expression: {error.msg}") from None
    return compiled


def basic_to_extended(text):
    """Basic regular expressions: `+ ? | ( ) { }` are themselves unless a backslash stands before them."""
    out = bytearray()
    at = 0
    while at < len(text):
        here = text[at : at + 1]
        if here == b"\\" and at + 1 < len(text):
            following = text[at + 1 : at + 2]
            out += following if following in b"+?|(){}" else here + following
            at += 2
        elif here == b"[":
            end = text.find(b"]", at + 2)
            end = len(text) if end < 0 else end
            out += text[at : end + 1]
            at = end + 1
        else:
            out += b"\\" + here if here in b"+?|(){}" else here
            at += 1
    return bytes(out)


CLASSES = {
    b"[:alpha:]": b"A-Za-z",
    b"[:digit:]": b"0-9",
    b"[:alnum:]": b"A-Za-z0-9",
    b"[:upper:]": b"A-Z",
    b"[:lower:]": b"a-z",
    b"[:space:]": rb"\s",
    b"[:punct:]": rb"!-/:-@\[-`{-~",
}


def posix_classes(text):
    for name, meaning in CLASSES.items():
        text = text.replace(name, meaning)
    return text


def print_matches(content, compiled, title, options, streams, name):
    """Prints what one file has; says whether it has anything."""
    if options.keys() & {"A", "B", "C"} and not options.keys() & {"q", "c", "l", "o"}:
        return print_context(content.splitlines(), compiled, title, options, streams)
    count = 0
    most = whole_number(options["m"]) if "m" in options else None
    for number, line in enumerate(content.splitlines(), 1):
        if most is not None and count >= most:
            break
        if bool(compiled.search(line)) == ("v" in options):
            continue
        count += 1
        if options.keys() & {"q", "c", "l"}:
            continue
        label = title + (b"%d:" % number if "n" in options else b"")
        pieces = [match[0] for match in compiled.finditer(line)] if "o" in options else [line]
        for piece in pieces:
            if piece or "o" not in options:
                streams.stdout.write(label + piece + b"\n")
    if "l" in options and count:
        streams.out(f"{name}\n")
    elif "c" in options and "q" not in options:
        streams.stdout.write(title + b"%d\n" % count)
    return count > 0


def print_context(lines, compiled, title, options, streams):
    """Matches with the lines around them; `--` stands where lines are left out."""
    before, after = (whole_number(options.get(side, options.get("C", "0"))) for side in "BA")
    hits = [at for at, line in enumerate(lines) if bool(compiled.search(line)) != ("v" in options)]
    shown = sorted(
        {at for hit in hits for at in range(hit - before, hit + after + 1) if 0 <= at < len(lines)}
    )
    matched = set(hits)
    last = None
    for at in shown:
        # Also between the last lines of one file and the first of the next.
        if "printed" in options and at - 1 != last:
            streams.out("--\n")
        last, options["printed"] = at, True
        mark = b":" if at in matched else b"-"
        label = title.removesuffix(b":") + mark if title else b""
        number = b"%d%s" % (at + 1, mark) if "n" in options else b""
        streams.stdout.write(label + number + lines[at] + b"\n")
    return bool(hits)


@utility("tee")
def tee(shell, arguments, streams):
    """prints what it reads, and writes it into files; -a adds to them"""
    options, operands = read_options(arguments, "a")
    content = streams.stdin.read()
    streams.stdout.write(content)
    for name in operands:
        with shell.open(name, "ab" if "a" in options else "wb") as file:
            file.write(content)


COMMANDS = {"grep": grep, "head": head, "sort": sort, "tail": tail, "tee": tee, "wc": wc}
