"""`jq`: jq itself, compiled to wasm (the npm package jq-wasm), by way of the worker.

Differences from jq: blanks at the very beginning and end of what it prints are cut off, and no file but
its input can be read (`--slurpfile`, `--rawfile`, `-L`, `import`).
"""

import json

from _cloudarium import host

from .utility import Usage, each_file, utility

# Options by how many words follow them.
FOLLOWED = {"--arg": 2, "--argjson": 2, "--indent": 1}
REFUSED = ("--slurpfile", "--rawfile", "-L", "--library-path", "--seq", "--stream-errors")
WRONG_USAGE = 2


@utility("jq", status=WRONG_USAGE)
def jq(shell, arguments, streams):
    """picks from JSON: aws s3api list-buckets | jq '.Buckets[].Name'"""
    flags, query, files = read(shell, arguments)
    content = b""
    for name, more in each_file(shell, "jq: error: Could not open", files, streams):
        if name is None and more:
            return WRONG_USAGE
        content += more or b""
    text = content.decode("utf-8", "replace")
    try:
        answer = json.loads(host.jq(text, query, json.dumps(flags)))
    except Exception as error:
        raise Usage(f"jq could not be run: {error}") from None
    joined = any(flag in ("-j", "--join-output") for flag in flags)
    if answer["stdout"]:
        streams.out(answer["stdout"] + ("" if joined else "\n"))
    if answer["stderr"]:
        streams.error(answer["stderr"])
    return answer["exitCode"]


def read(shell, arguments):
    """`(flags, filter, files)`"""
    flags, words = [], []
    query = None
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument in REFUSED:
            raise Usage(f"the option {argument} is not understood here")
        if argument in ("--args", "--jsonargs"):
            raise Usage(f"the option {argument} is not understood here: use --arg")
        if argument in ("-f", "--from-file"):
            with open(shell.path(rest.pop(0) if rest else ""), encoding="utf-8") as file:
                query = file.read()
        elif argument.startswith("-") and argument != "-":
            count = FOLLOWED.get(argument, 0)
            if len(rest) < count:
                raise Usage(f"{argument} takes {count} parameters")
            flags += [argument, *rest[:count]]
            rest = rest[count:]
        else:
            words.append(argument)
    if query is None:
        if not words:
            raise Usage("usage: jq [OPTIONS] FILTER [FILES...]")
        query = words.pop(0)
    return flags, query, words


COMMANDS = {"jq": jq}
