"""Where in the learner's files an error came up, for the editor to mark.

A place is `{"file", "line", "column", "end"}`: lines from 1, columns from 0 and counted as JavaScript
counts (in UTF-16); `column` is None where Python tells none.
"""

import linecache
import traceback

from . import source


def of(error):
    """The innermost place in a file of the learner's, or None."""
    if isinstance(error, SyntaxError) and source.file_of(error.filename) is not None:
        return of_syntax(error)
    for tb in reversed(list(tracebacks(error.__traceback__))):
        file = source.file_of(tb.tb_frame.f_code.co_filename)
        if file is not None:
            return of_frame(tb, file)
    return None


def tracebacks(tb):
    while tb is not None:
        yield tb
        tb = tb.tb_next


def of_syntax(error):
    """A syntax error counts characters from 1; 0 stands for none."""
    line = error.text or ""
    start = (error.offset or 0) - 1
    end = (error.end_offset or 0) - 1 if error.end_lineno in (None, error.lineno) else len(line)
    place = {
        "file": source.file_of(error.filename),
        "line": error.lineno,
        "column": None,
        "end": None,
    }
    if start >= 0:
        # A place at the line's end still gets a mark of one character.
        place["column"] = units(line[:start])
        place["end"] = units(line[: max(end, start + 1)])
    return place


def of_frame(tb, file):
    """A frame's place: the expression that was being worked on, in bytes of UTF-8."""
    frame = traceback.extract_tb(tb, limit=1)[0]
    place = {"file": file, "line": tb.tb_lineno, "column": None, "end": None}
    if frame.colno is not None and frame.lineno == tb.tb_lineno:
        line = linecache.getline(frame.filename, frame.lineno).rstrip("\n")
        place["column"] = units(before(line, frame.colno))
        one_line = frame.end_lineno == frame.lineno
        place["end"] = units(before(line, frame.end_colno) if one_line else line)
    return place


def before(line, byte):
    return line.encode()[:byte].decode(errors="ignore")


def units(text):
    return len(text.encode("utf-16-le")) // 2
