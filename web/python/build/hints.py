"""Writes what the editor tells of boto3: one compact JSON file a service, with the first sentence of AWS's documentation.

    python3 hints.py WHEELS SERVICES OUT

WHEELS holds the wheels of botocore and boto3 with what they need, SERVICES names a folder whose `<service>.json` say which
services the project knows. OUT receives `<service>.json` for those, and `boto3.json`: every service's full name
(`services`), which of them have such a file (`hints`), and what boto3's own classes offer (`classes`: by class its methods,
each `{doc, params}`).

A service's file (the reader is web/editor/reading/):

- `title`
- `operations`: by Python name `{name, doc, in, out, errors, params}`; `in` and `out` name shapes; `params` stands instead of
  `in` where boto3 adds a method of its own (`upload_file`), each `[name, required]`
- `shapes`: `{s: {member: [type, doc]}, q: [required]}` a structure, `{l: type}` a list, `{m: type}` a map, `{e: [value]}` an
  enum. A type is the name of a shape, or `:str`, `:int`, `:float`, `:bool`, `:bytes`, `:stream`, `:time`, `:json`
- `paginators`, `waiters`: Python names, `{name: operation}`; `exceptions`: names
- `resources`: by class (`""` is the service itself) `{ids, shape, actions, collections, has, waiters}`
"""

import html
import inspect
import re
import sys
from pathlib import Path

import models

DOC_CHARACTERS_MAX = 180

PRIMITIVES = {
    "string": ":str",
    "character": ":str",
    "integer": ":int",
    "long": ":int",
    "short": ":int",
    "float": ":float",
    "double": ":float",
    "bigdecimal": ":float",
    "boolean": ":bool",
    "blob": ":bytes",
    "timestamp": ":time",
}


def first_sentence(documentation):
    """The first sentence of AWS's HTML, as plain text."""
    # A note before the text is not what the thing is.
    text = re.sub(r"<(note|important)>.*?</\1>", " ", documentation or "", flags=re.S)
    text = text.partition("</p>")[0] if "<p>" in text else text
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    text = " ".join(text.split())
    end = re.search(r"(?<!e\.g)(?<!i\.e)(?<!etc)\.(?=\s+[A-Z]|$)", text)
    text = text[: end.end()] if end else text
    if len(text) > DOC_CHARACTERS_MAX:
        text = text[:DOC_CHARACTERS_MAX].rpartition(" ")[0] + " …"
    return text


class Shapes:
    """The shapes of one service that are reached from its operations."""

    def __init__(self, model):
        self._model = model
        self.written = {}

    def type_of(self, reference):
        """The type of a member or a shape, whose own members are written too."""
        name = reference["shape"]
        shape = self._model[name]
        kind = shape["type"]
        if reference.get("streaming") or shape.get("streaming") or shape.get("eventstream"):
            return ":stream"
        if shape.get("document"):
            return ":json"
        if kind in PRIMITIVES and "enum" not in shape:
            return PRIMITIVES[kind]
        if name not in self.written:
            # Shapes may hold themselves: the name stands before its content does.
            self.written[name] = {}
            self.written[name].update(self._content(kind, shape))
        return name

    def _content(self, kind, shape):
        if kind == "list":
            return {"l": self.type_of(shape["member"])}
        if kind == "map":
            return {"m": self.type_of(shape["value"])}
        if "enum" in shape:
            return {"e": shape["enum"]}
        members = {name: self._member(member) for name, member in shape.get("members", {}).items()}
        required = shape.get("required", [])
        return {"s": members, "q": required} if required else {"s": members}

    def _member(self, member):
        documentation = member.get("documentation") or self._model[member["shape"]].get(
            "documentation"
        )
        sentence = first_sentence(documentation)
        return [self.type_of(member), sentence] if sentence else [self.type_of(member)]


def operations(service, shapes, xform_name):
    found = {}
    for name, operation in sorted(service["operations"].items()):
        row = {"name": name, "doc": first_sentence(operation.get("documentation"))}
        if "input" in operation:
            row["in"] = shapes.type_of(operation["input"])
        if "output" in operation:
            row["out"] = shapes.type_of(operation["output"])
        errors = [error["shape"] for error in operation.get("errors", [])]
        if errors:
            row["errors"] = errors
        found[xform_name(name)] = row
    return found


def method(function, skip):
    """A method that boto3 writes itself, read off its signature."""
    parameters = list(inspect.signature(function).parameters.values())[skip:]
    named = [one for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
    doc = (inspect.getdoc(function) or "").partition("\n\n")[0].replace("``", "")
    # Sphinx's roles are for its own pages: of :class:`Session` the name is left.
    doc = re.sub(r":(?:\w+:)+`~?([^`]*)`", r"\1", doc)
    return {
        "doc": first_sentence(doc),
        "params": [[one.name, one.default is inspect.Parameter.empty] for one in named],
    }


def methods(owner, skip=1):
    """The public methods of a class."""
    found = inspect.getmembers(owner, inspect.isfunction)
    return {name: method(one, skip) for name, one in found if not name.startswith("_")}


def classes():
    """boto3's own classes, whose methods no model tells."""
    from boto3.resources.collection import ResourceCollection
    from boto3.session import Session
    from botocore import paginate, response, signers, waiter
    from botocore.client import BaseClient

    client = methods(BaseClient)
    client["generate_presigned_url"] = method(signers.generate_presigned_url, 1)
    return {
        "Session": methods(Session),
        "Client": client,
        "StreamingBody": methods(response.StreamingBody),
        "Paginator": {"paginate": {"doc": "Asks for one page after another.", "params": []}},
        "PageIterator": methods(paginate.PageIterator),
        "Waiter": {"wait": method(waiter.Waiter.wait, 1)},
        "Collection": methods(ResourceCollection),
    }


def transfers(prefix):
    """What `boto3.s3.inject` adds to a client, a bucket or an object."""
    from boto3.s3 import inject

    names = ("upload_file", "download_file", "copy", "upload_fileobj", "download_fileobj")
    return {name: method(getattr(inject, prefix + name), 1) for name in names}


def returned(resource):
    """The class that an action gives, and whether it gives many."""
    return [resource["type"], "[" in resource.get("path", "")]


def resource_class(definition, xform_name):
    row = {}
    if "identifiers" in definition:
        row["ids"] = [xform_name(one["name"]) for one in definition["identifiers"]]
    if "shape" in definition:
        row["shape"] = definition["shape"]
    actions = {}
    for name, action in definition.get("actions", {}).items():
        request = action["request"]
        one = {"op": xform_name(request["operation"])}
        fixed = [
            part["target"].partition("[")[0].partition(".")[0] for part in request.get("params", [])
        ]
        if fixed:
            one["fixed"] = fixed
        if "resource" in action:
            one["gives"] = returned(action["resource"])
        actions[xform_name(name)] = one
    if "load" in definition:
        actions["load"] = actions["reload"] = {
            "doc": "Fetches the attributes anew.",
            "params": [],
        }
    row["actions"] = actions
    row["collections"] = {
        xform_name(name): one["resource"]["type"]
        for name, one in definition.get("hasMany", {}).items()
    }
    row["has"] = {
        name: [
            one["resource"]["type"],
            [
                xform_name(part["target"])
                for part in one["resource"].get("identifiers", [])
                if part["source"] == "input"
            ],
        ]
        for name, one in definition.get("has", {}).items()
    }
    waiters = ["wait_until_" + xform_name(name) for name in definition.get("waiters", {})]
    if waiters:
        row["waiters"] = waiters
    return row


def resources(service, model, shapes, xform_name):
    classes = {"": resource_class(model["service"], xform_name)}
    for name, definition in model["resources"].items():
        classes[name] = resource_class(definition, xform_name)
        # boto3 offers every class on the service itself, by all its identifiers.
        classes[""]["has"].setdefault(name, [name, classes[name].get("ids", [])])
        if "shape" in definition:
            shapes.type_of({"shape": definition["shape"]})
    if service == "s3":
        classes["Bucket"]["actions"].update(transfers("bucket_"))
        classes["Object"]["actions"].update(transfers("object_"))
    return classes


def hints(service, read, xform_name):
    """The content of a service's file."""
    model = read("service-2")
    shapes = Shapes(model["shapes"])
    content = {
        "title": model["metadata"]["serviceFullName"],
        "operations": operations(model, shapes, xform_name),
        "exceptions": sorted(
            name for name, shape in model["shapes"].items() if shape.get("exception")
        ),
    }
    if service == "s3":
        from botocore import signers

        content["operations"].update(transfers(""))
        content["operations"]["generate_presigned_post"] = method(
            signers.generate_presigned_post, 1
        )
    pages = read("paginators-1") or {"pagination": {}}
    content["paginators"] = {xform_name(name): name for name in sorted(pages["pagination"])}
    waiters = read("waiters-2") or {"waiters": {}}
    content["waiters"] = {
        xform_name(name): xform_name(one["operation"])
        for name, one in sorted(waiters["waiters"].items())
    }
    classes = read("resources-1")
    if classes:
        content["resources"] = resources(service, classes, shapes, xform_name)
    content["shapes"] = shapes.written
    return content


def main(wheels, services, out):
    sys.path[:0] = [str(wheel) for wheel in sorted(wheels.glob("*.whl"))]
    from botocore import xform_name

    out.mkdir(parents=True, exist_ok=True)
    known = {path.stem for path in services.glob("*.json")}
    titles = {}
    for service, entries in sorted(models.collect(wheels).items()):
        if "service-2" not in entries:
            continue

        def read(name, entries=entries):
            return models.read_model(*entries[name][1:]) if name in entries else None

        titles[service] = read("service-2")["metadata"]["serviceFullName"]
        if service in known:
            models.write_json(out / f"{service}.json", hints(service, read, xform_name))
    content = {"services": titles, "hints": sorted(known & titles.keys()), "classes": classes()}
    models.write_json(out / "boto3.json", content)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
