"""What could stand at the cursor of the prompt: names, attributes, modules, and the parameters of a call that is open.

Nothing is called to find out: a property of an object is left alone, and what boto3 knows of an operation is
read from its model. The answer has the shape of the Terminal's: `from` (where the text to replace begins), `items`
of `{text, end, hint, value}`, `total`.
"""

import builtins
import inspect
import io
import json
import keyword
import pkgutil
import re
import sys
import tokenize

from . import run

ITEMS_MAX = 60
HINT_MAX = 70
DOTTED = re.compile(r"(?:[^\W\d]\w*\.)*(?:[^\W\d]\w*)?$")
IMPORT = re.compile(r"(?:^|\n|;)\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*([\w.]*)$")
OPENING, CLOSING = "([{", ")]}"


def at(request):
    """The completions of an input, as JSON. `request` is JSON: `source`, and `point` in characters."""
    request = json.loads(request)
    before = request["source"][: request["point"]]
    names = run.last_main().__dict__
    start, items = found(before, names)
    return json.dumps({"from": start, "items": items[:ITEMS_MAX], "total": len(items)})


def found(before, names):
    """`(where the text to replace begins, what could stand there)`"""
    code = tokens(before)
    if code is None:
        return len(before), []
    wanted = IMPORT.search(before)
    if wanted:
        package, _, word = wanted[1].rpartition(".")
        return len(before) - len(word), matching(modules(package), word)
    dotted = DOTTED.search(before)[0]
    path, dot, word = dotted.rpartition(".")
    start = len(before) - len(word)
    if dot:
        return start, matching(attributes(value_of(path, names)), word) if path else []
    if before[: len(before) - len(dotted)].endswith("."):
        # Of what is called or written out: nobody knows before it runs.
        return start, []
    wanted = parameters(code, names)
    return start, matching(wanted if wanted and not word else wanted + everything(names), word)


def tokens(text):
    """The tokens so far; None within a string or a comment."""
    seen = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                return None
            seen.append(token)
    except tokenize.TokenError as error:
        # An input whose brackets are open, or whose string is.
        if "string" in str(error):
            return None
    except (IndentationError, SyntaxError):
        pass
    return seen


def item(text, end="", hint="", value=""):
    hint = " ".join(hint.split())
    short = hint if len(hint) <= HINT_MAX else hint[: HINT_MAX - 1] + "…"
    return {"text": text, "end": end, "hint": short, "value": value}


def matching(items, word):
    hidden = word.startswith("_")
    return [
        one
        for one in items
        if one["text"].startswith(word) and (hidden or not one["text"].startswith("_"))
    ]


def everything(names):
    """The names that an input knows: the learner's own, Python's, the words of the language."""
    known = {name: value for name, value in vars(builtins).items() if name not in names}
    words = [item(word, hint="keyword") for word in keyword.kwlist if word not in known]
    return by_name(names) + by_name(known) + words


def by_name(values):
    """As Python's own prompt has them: classes of errors and the like after the rest."""
    listed = sorted(values.items(), key=lambda pair: (pair[0][:1].isupper(), pair[0]))
    return [named(name, value) for name, value in listed]


def named(name, value):
    kind = type(value)
    if inspect.isroutine(value):
        return item(name, "(", first_line(value))
    return item(name, hint="module" if inspect.ismodule(value) else kind.__name__)


def first_line(value):
    text = getattr(value, "__doc__", None)
    return text.strip().split("\n")[0] if isinstance(text, str) else ""


def value_of(path, names):
    """What a dotted name stands for, or None; properties are not asked."""
    first, *others = path.split(".")
    value = names.get(first, getattr(builtins, first, None))
    for name in others:
        value = attribute(value, name)
    return value


def attribute(value, name):
    if isinstance(inspect.getattr_static(type(value), name, None), property):
        return known_property(value, name)
    try:
        return getattr(value, name, None)
    except Exception:
        return None


def known_property(value, name):
    """boto3's own properties only look things up."""
    return getattr(value, name, None) if type(value).__module__.startswith("botocore.") else None


def attributes(value):
    if value is None:
        return []
    listed = []
    try:
        names = dir(value)
    except Exception:
        return []
    for name in names:
        static = inspect.getattr_static(value, name, None)
        if isinstance(static, property):
            listed.append(item(name, hint="property"))
        else:
            listed.append(named(name, attribute(value, name)))
    return listed


def modules(package):
    """What can be imported, or what a package that was imported holds."""
    if package:
        places = getattr(sys.modules.get(package), "__path__", None)
        held = [] if places is None else [one.name for one in pkgutil.iter_modules(places)]
    else:
        held = sys.stdlib_module_names | {one.name for one in pkgutil.iter_modules()}
    return [item(name, hint="module") for name in sorted(held)]


def parameters(code, names):
    """The parameters of the call whose bracket is open, but for those that are given already."""
    call = open_call(code)
    if call is None:
        return []
    path, given = call
    function = value_of(path, names)
    if function is None:
        return []
    known = of_operation(path, names) or of_signature(function)
    known.sort(key=lambda one: one["value"] == "")
    return [one for one in known if one["text"][:-1] not in given]


def open_call(code):
    """`(the dotted name that is called, the names of the arguments so far)`"""
    stack = []
    for place, token in enumerate(code):
        if token.type != tokenize.OP:
            continue
        if token.string in OPENING:
            stack.append(place)
        elif token.string in CLOSING and stack:
            stack.pop()
    if not stack or code[stack[-1]].string != "(":
        return None
    place = stack[-1]
    # An argument begins after the bracket or a comma, else a value is being written.
    last = [token for token in code[place:] if token.string.strip()]
    if last and last[-1].type == tokenize.NAME:
        last.pop()
    if not last or last[-1].string not in ("(", ","):
        return None
    return name_before(code, place), given_in(code[place + 1 :])


def name_before(code, place):
    parts = []
    for token in reversed(code[:place]):
        wanted = tokenize.NAME if len(parts) % 2 == 0 else tokenize.OP
        if token.type != wanted or (wanted == tokenize.OP and token.string != "."):
            break
        parts.append(token.string)
    return "".join(reversed(parts)).lstrip(".")


def given_in(code):
    given, depth = set(), 0
    for token, after in zip(code, code[1:], strict=False):
        if token.type == tokenize.OP:
            depth += (token.string in OPENING) - (token.string in CLOSING)
        elif depth == 0 and token.type == tokenize.NAME and after.string == "=":
            given.add(token.string)
    return given


def of_operation(path, names):
    """The members of an AWS operation's input, when `path` is a client's method."""
    owner, _, method = path.rpartition(".")
    meta = getattr(value_of(owner, names), "meta", None) if owner else None
    operation = getattr(meta, "method_to_api_mapping", {}).get(method)
    if operation is None:
        return []
    shape = meta.service_model.operation_model(operation).input_shape
    if shape is None:
        return []
    required = shape.required_members
    return [
        item(f"{name}=", hint=member.type_name, value="required" if name in required else "")
        for name, member in shape.members.items()
    ]


def of_signature(function):
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    keywords = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [item(f"{one.name}=", hint="parameter") for one in found if one.kind in keywords]
