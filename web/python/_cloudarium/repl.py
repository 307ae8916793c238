"""The prompt below the output: one input after another, in the names that the last run left.

As Python's own prompt: `codeop` says whether an input is complete, `sys.displayhook` shows what an
expression gives and keeps it as `_`, and of several statements pasted at once the last is shown.
"""

import ast
import builtins
import codeop
import json
import linecache
import os
import sys

from . import run, source

_compiler = codeop.CommandCompiler()


def evaluate(request):
    """Runs an input and returns how it ended, as JSON: `{"status": "more"}` when it is not complete.

    `request` is JSON: `source`, `number` (counts the inputs), `env`.
    """
    request = json.loads(request)
    os.environ.update(request.get("env") or {})
    os.makedirs(source.WORK, exist_ok=True)
    name = source.of_input(request["number"])
    try:
        ending = execute(request["source"], name, run.last_main().__dict__)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return json.dumps(ending)


def execute(text, name, names):
    """Compiles an input and runs it."""
    try:
        codes = compiled(text, name)
    except (SyntaxError, ValueError, OverflowError) as error:
        remember(text, name)
        # How it was compiled tells the learner nothing.
        error.__context__ = None
        return run.failed(error.with_traceback(None))
    if codes is None:
        return {"status": "more"}
    remember(text, name)
    try:
        for code in codes:
            exec(code, names)
    except SystemExit as error:
        run.exited(error)
        leave()
        return {"status": "exit"}
    except KeyboardInterrupt:
        print("KeyboardInterrupt", file=sys.stderr)
        return {"status": "stopped"}
    except BaseException as error:
        return run.failed(error)
    return {"status": "ok"}


def compiled(text, name):
    """The code of an input, statement by statement; None when more of it is to come."""
    try:
        code = _compiler(text, name, "single")
        return None if code is None else [code]
    except SyntaxError:
        statements = ast.parse(text, name).body
        if len(statements) < 2:
            raise
    *before, last = statements
    first = compile(ast.Module(before, []), name, "exec", dont_inherit=True)
    return [first, compile(ast.Interactive([last]), name, "single", dont_inherit=True)]


def remember(text, name):
    """Lets a traceback show the line of an input."""
    lines = [line + "\n" for line in text.split("\n")]
    linecache.cache[name] = (len(text), None, lines, name)


def leave():
    """`exit()`: the prompt goes on, with no names."""
    run.forget_main()
    vars(builtins).pop("_", None)
