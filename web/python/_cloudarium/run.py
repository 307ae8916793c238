"""One run of a script: as `python main.py` would, in an interpreter that lives on."""

import builtins
import json
import linecache
import os
import sys
import traceback
import types

from . import keyboard, place, source
from .start import ENVIRONMENT

OWN = os.path.dirname(__file__)
_mains = []


def run(request):
    """Runs a script and returns how it ended, as JSON: `{"status", "where", "error"}` (see `place`).

    `request` is JSON: `code`, `file` (its name), `files` (others beside it, by name), `env`.
    """
    request = json.loads(request)
    path = f"{source.WORK}/{request['file']}"
    renew(request.get("env") or {})
    write_files({**(request.get("files") or {}), request["file"]: request["code"]})
    try:
        ending = execute(request["code"], path)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return json.dumps(ending)


def renew(environment):
    """Undoes what an earlier run left: environment, folder, the learner's modules, boto3's session."""
    os.environ.clear()
    os.environ.update({**ENVIRONMENT, **environment})
    os.makedirs(source.WORK, exist_ok=True)
    os.chdir(source.WORK)
    forget_modules()
    sys.path[:] = [source.WORK, *(entry for entry in sys.path if entry != source.WORK)]
    sys.path_importer_cache.pop(source.WORK, None)
    if "boto3" in sys.modules:
        sys.modules["boto3"].DEFAULT_SESSION = None
    # What the prompt showed last.
    vars(builtins).pop("_", None)
    if isinstance(sys.stdin, keyboard.Keyboard):
        sys.stdin.forget()


def forget_modules():
    """Has the learner's own modules read anew."""
    linecache.clearcache()
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(source.HOME + "/"):
            del sys.modules[name]


def write_files(files):
    """Writes the learner's files, whose names stay inside the learner's folder."""
    for name, content in files.items():
        path = os.path.normpath(f"{source.WORK}/{name}")
        if not path.startswith(source.WORK + "/"):
            raise ValueError(f"{name!r} is no file name")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)


def new_main(path=None):
    """A fresh `__main__`."""
    main = types.ModuleType("__main__")
    main.__builtins__ = sys.modules["builtins"]
    if path is not None:
        main.__file__ = path
    sys.modules["__main__"] = main
    _mains[:] = [main]
    return main


def last_main():
    """The `__main__` of the last run, or a fresh one."""
    return _mains[0] if _mains else new_main()


def forget_main():
    """The next input at the prompt finds no names."""
    _mains.clear()


def execute(code, path, arguments=()):
    """Runs the code as `__main__`, and tells how it ended."""
    main = new_main(path)
    sys.argv = [path, *arguments]
    try:
        exec(compile(code, path, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as error:
        return exited(error)
    except KeyboardInterrupt:
        return {"status": "stopped"}
    except BaseException as error:
        return failed(error)
    return {"status": "ok"}


def exited(error):
    """`sys.exit()`: a text is shown, and counts as a failure."""
    if error.code in (None, 0):
        return {"status": "ok"}
    if not isinstance(error.code, int):
        print(error.code, file=sys.stderr)
    words = f"SystemExit: {error.code}"
    code = error.code if isinstance(error.code, int) else 1
    ending = {"status": "error", "where": place.of(error), "error": words}
    return {**ending, "code": code % 256}


def failed(error):
    """Any other end: the traceback is shown without this package's own frames."""
    report = traceback.TracebackException.from_exception(error)
    hide_own_frames(report)
    print("".join(report.format()), end="", file=sys.stderr)
    words = "".join(report.format_exception_only()).strip().splitlines()
    ending = {"status": "error", "where": place.of(error), "error": words[-1]}
    return {**ending, "code": 1}


def hide_own_frames(report, seen=None):
    """Takes this package's frames out of a traceback and all that it is chained to."""
    seen = set() if seen is None else seen
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    kept = [frame for frame in report.stack if not frame.filename.startswith(OWN)]
    report.stack = traceback.StackSummary.from_list(kept)
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        hide_own_frames(other, seen)
