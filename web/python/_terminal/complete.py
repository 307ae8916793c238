"""What could stand at the cursor: commands, options by the AWS CLI's own completer, files, and what the
page has to look up itself (buckets and keys), so that looking leaves no call in the list.

The answer: `from` (where the text to replace begins), `items` of `{text, end, hint, value}`, `total`, and
`resources`: None or `{kind, bucket, prefix, lead}`.
"""

import os
import re
import shlex

from .lexer import ShellSyntaxError, tokens
from .parser import REDIRECTIONS

ITEMS_MAX = 60
HINT_MAX = 70
FILE_PREFIXES = ("fileb://", "file://")
FOLDER_COMMANDS = ("cd", "mkdir")
# Which options name things that are in the cloud.
BUCKET_OPTIONS = ("--bucket",)
KEY_OPTIONS = ("--key", "--prefix")

_completer = None


def at(shell, line, point):
    """The completions for a line with the cursor at `point`."""
    try:
        words, operator, start, current = before(line[:point])
    except ShellSyntaxError:
        return answer(point, [])
    if operator in REDIRECTIONS:
        return answer(start, files(shell, current))
    if not words:
        commands = [
            item(name, hint=(run.__doc__ or "").strip())
            for name, run in sorted(shell.commands.items())
        ]
        return answer(start, matching(commands, current) or files(shell, current))
    if words[0] == "aws":
        return aws(shell, words, current, start)
    return answer(start, files(shell, current, only_folders=words[0] in FOLDER_COMMANDS))


def before(text):
    """`(words of the command so far, the operator right before the current word, its start, its text)`"""
    found = tokens(text)
    current_is_new = not found or found[-1].operator or text[-1:].isspace()
    earlier = found if current_is_new else found[:-1]
    start = len(text) if current_is_new else found[-1].start
    words = []
    skip = False
    for token in earlier:
        if token.operator in REDIRECTIONS:
            skip = REDIRECTIONS[token.operator][1] is not None
        elif token.operator:
            words, skip = [], False
        elif skip:
            skip = False
        else:
            words.append("".join(part.value for part in token.parts))
    operator = earlier[-1].operator if earlier else ""
    current = "" if current_is_new else "".join(part.value for part in found[-1].parts)
    return words, operator, start, current


def item(text, end=" ", hint="", value=""):
    return {"text": text, "end": end, "hint": hint, "value": value}


def matching(items, current):
    return [one for one in items if one["text"].startswith(current)]


def answer(start, items, resources=None):
    return {"from": start, "items": items[:ITEMS_MAX], "total": len(items), "resources": resources}


def files(shell, current, only_folders=False, lead=""):
    """Files and folders whose path begins with what is there."""
    folder, slash, name = current.rpartition("/")
    place = os.path.expanduser(folder + slash) if folder.startswith("~") else folder + slash
    try:
        names = sorted(os.listdir(shell.path(place or ".")))
    except OSError:
        return []
    found = []
    for one in names:
        if not one.startswith(name) or (one.startswith(".") and not name.startswith(".")):
            continue
        is_folder = os.path.isdir(os.path.join(shell.path(place or "."), one))
        if is_folder or not only_folders:
            text = lead + folder + slash + escaped(one) + ("/" if is_folder else "")
            found.append(item(text, end="" if is_folder else " "))
    return found


def escaped(name):
    """A name as it can be typed."""
    return name if shlex.quote(name) == name else re.sub(r"([^\w./:=@%+,-])", r"\\\1", name)


# The AWS CLI.


def completer():
    global _completer
    if _completer is None:
        from awscli.completer import Completer

        _completer = Completer()
    return _completer


def aws(shell, words, current, start):
    for prefix in FILE_PREFIXES:
        if current.startswith(prefix):
            return answer(start, files(shell, current[len(prefix) :], lead=prefix))
    if current.startswith("s3://"):
        return answer(start, [], s3_path(current))
    last = words[-1]
    if last.startswith("--"):
        values, resources = option_values(words, current)
        if values or resources:
            return answer(start, matching(values, current), resources)
    names = offered(words, current)
    table = options_of(words)
    items = [described(name, table.get(name.lstrip("-"))) for name in sorted(names)]
    if current.startswith("-"):
        items.sort(
            key=lambda one: (one["value"] != "required", one["text"].lstrip("-") not in table)
        )
    if not items and not current.startswith("-"):
        items = files(shell, current)
        if words[1:2] == ["s3"] and "s3://".startswith(current):
            items = [item("s3://", end="", hint="a bucket or a key"), *items]
    return answer(start, items)


def offered(words, current):
    """What awscli's own completer offers for the word that begins with `current`."""
    line = " ".join([*words, current]) if current else " ".join(words)
    names = completer().complete(line, len(line))
    if not current and words[-1].startswith("-"):
        return []
    return [name for name in names if name.startswith(current)]


def help_commands(words):
    """The help of the service and of the command that the words name; None where they name none."""
    main = completer().main_help
    found = []
    for word in words[1:]:
        if main is not None and word in (main.command_table or {}):
            main = main.command_table[word].create_help_command()
            found.append(main)
    return (found + [None, None])[:2]


def options_of(words):
    """The command's own options by name."""
    _, command = help_commands(words)
    return dict(getattr(command, "arg_table", None) or {})


def described(name, argument):
    if argument is None:
        return item(name)
    value = "required" if argument.required else ""
    choices = choices_of(argument)
    if not value:
        value = choices[0] if choices else ""
    return item(name, hint=first_sentence(argument.documentation or ""), value=value)


def first_sentence(html):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>|``", "", html)).strip()
    text = re.split(r"(?<=[.])\s", text, maxsplit=1)[0].rstrip(".")
    return text if len(text) <= HINT_MAX else text[: HINT_MAX - 1].rstrip() + "…"


def choices_of(argument):
    choices = getattr(argument, "choices", None)
    if not choices:
        choices = getattr(getattr(argument, "argument_model", None), "enum", None)
    return list(choices or [])


def option_values(words, current):
    """`(items, resources)` for the value of the option that stands last."""
    option = words[-1]
    if option in BUCKET_OPTIONS:
        return [], {"kind": "bucket", "bucket": "", "prefix": current, "lead": ""}
    if option in KEY_OPTIONS:
        bucket = value_of(words, BUCKET_OPTIONS)
        return [], {
            "kind": "key",
            "bucket": bucket,
            "prefix": current,
            "lead": "",
        } if bucket else None
    argument = options_of(words).get(option.lstrip("-"))
    choices = choices_of(argument) if argument is not None else []
    if not choices:
        line = " ".join(words)
        choices = [one for one in completer().complete(line, len(line)) if not one.startswith("-")]
    return [item(choice) for choice in choices], None


def value_of(words, options):
    for option, value in zip(words, words[1:], strict=False):
        if option in options:
            return value
    return ""


def s3_path(current):
    """What the page looks up for `s3://bucket/key`."""
    bucket, slash, key = current.removeprefix("s3://").partition("/")
    if not slash:
        return {"kind": "bucket", "bucket": "", "prefix": bucket, "lead": "s3://"}
    return {"kind": "key", "bucket": bucket, "prefix": key, "lead": f"s3://{bucket}/"}
