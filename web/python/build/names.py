"""What the editor tells of Python itself: builtins, keywords, the methods of the common types, the standard library.

Runs in Pyodide (see names.mjs), so that it is of the very Python that runs the learner's scripts. A callable is
`[signature, sentence]`, anything else `[null, sentence]`.
"""

import builtins
import datetime
import importlib
import inspect
import json
import keyword
import pathlib
import sys

SENTENCE_CHARACTERS_MAX = 120
SIGNATURE_CHARACTERS_MAX = 100

TYPES = (
    *(str, bytes, list, dict, set, tuple, int, float),
    *(datetime.datetime, datetime.date, datetime.timedelta, pathlib.Path),
)

# Modules whose members are listed; the names of all others are told too.
MODULES = """
base64 collections concurrent.futures contextlib copy csv dataclasses datetime decimal enum functools glob gzip hashlib hmac
io itertools json logging math mimetypes operator os os.path pathlib pprint random re secrets shutil statistics string struct
sys tempfile textwrap threading time traceback typing urllib.parse urllib.request uuid zipfile zoneinfo
""".split()


def sentence(value):
    """The first sentence of a docstring."""
    text = (inspect.getdoc(value) or "").partition("\n\n")[0]
    text = " ".join(text.split()).replace("``", "").partition(". ")[0]
    return text[:SENTENCE_CHARACTERS_MAX].rstrip(".:")


def signature(value):
    try:
        text = str(inspect.signature(value))
    except (TypeError, ValueError):
        text = "(...)"
    text = text.replace("(self, /, ", "(").replace("(self, /)", "()").replace("(self, ", "(")
    text = text.replace("(self)", "()").replace("(type, ", "(")
    if len(text) > SIGNATURE_CHARACTERS_MAX:
        text = text[:SIGNATURE_CHARACTERS_MAX].rpartition(",")[0] + ", ...)"
    return text


def entry(value):
    if callable(value):
        return [signature(value), sentence(value)]
    return [None, ""]


def members(owner):
    public = getattr(owner, "__all__", None) or [name for name in dir(owner) if name[0] != "_"]
    found = {}
    for name in sorted(public):
        value = getattr(owner, name, None)
        if inspect.ismodule(value) and not hasattr(owner, "__path__"):
            continue
        found[name] = entry(value)
    return found


def write_names(out):
    names = {
        "builtins": {
            name: entry(getattr(builtins, name)) for name in dir(builtins) if name[0] != "_"
        },
        "keywords": sorted({*keyword.kwlist, *keyword.softkwlist} - {"_"}),
        "types": {kind.__name__: members(kind) for kind in TYPES},
        "modules": {name: members(importlib.import_module(name)) for name in MODULES},
        "library": sorted(name for name in sys.stdlib_module_names if name[0] != "_"),
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(names, file, separators=(",", ":"), ensure_ascii=False)
