"""Writes what the Terminal needs of the AWS CLI's own data, beside the models of boto3 (models.py).

    python3 awscli_models.py AWSCLI_WHEELS MODELS OUT

MODELS is what models.py has written. OUT receives

- `index.json`: the version of each model of each service as awscli has it, and under `differs` the
  models whose content is not boto3's;
- `models/<service>.json`: those models;
- `help/<service>.json`, for the services that are simulated: `{"model": the service model with its
  documentation, "examples": {path below awscli/examples: text}}`;
- `help.json`: which command's help is in which of these files.
"""

import json
import sys
import zipfile
from pathlib import Path

from models import read_model, without_documentation, write_json

# The services that are simulated or will be (crates/shape/models), and the commands that stand for them.
DOCUMENTED = {
    "dynamodb": ["dynamodb"],
    "ec2": ["ec2"],
    "events": ["events"],
    "glue": ["glue"],
    "iam": ["iam"],
    "lambda": ["lambda"],
    "logs": ["logs"],
    "s3": ["s3", "s3api"],
    "sns": ["sns"],
    "sqs": ["sqs"],
    "stepfunctions": ["stepfunctions"],
    "sts": ["sts"],
}
SKIPPED = ("examples-", "completions-")
DATA = "awscli/botocore/data/"
EXAMPLES = "awscli/examples/"


def collect(wheel):
    """The latest version of every model: `{service: (version, {model: entry})}`."""
    services = {}
    for name in sorted(wheel.namelist()):
        parts = name.removeprefix(DATA).split("/")
        stem = parts[-1].removesuffix(".gz")
        if not name.startswith(DATA) or len(parts) != 3 or stem.startswith(SKIPPED):
            continue
        service, version, _ = parts
        if services.get(service, ("",))[0] < version:
            services[service] = (version, {})
        if stem.endswith(".json"):
            services[service][1][stem.removesuffix(".json")] = name
    return services


def differing(wheel, services, models):
    """`{service: {model: content}}` where awscli has not what boto3 has."""
    found = {}
    for service, (_, entries) in services.items():
        path = models / f"{service}.json"
        theirs = json.loads(path.read_text("utf-8")) if path.exists() else {}
        for model, entry in entries.items():
            content = without_documentation(read_model(wheel, entry))
            if theirs.get(model) != content:
                found.setdefault(service, {})[model] = content
    return found


def help_of(wheel, service, commands, entries):
    model = read_model(wheel, entries["service-2"])
    examples = {}
    for command in commands:
        for name in wheel.namelist():
            path = name.removeprefix(EXAMPLES)
            if name.startswith(EXAMPLES) and path.startswith((f"{command}/", f"{command}.rst")):
                examples[path] = wheel.read(name).decode("utf-8")
    return {"model": model, "examples": examples}


def main(awscli_wheels, models, out):
    (out / "models").mkdir(parents=True, exist_ok=True)
    (out / "help").mkdir(exist_ok=True)
    wheel = zipfile.ZipFile(next(awscli_wheels.glob("awscli-*.whl")))
    services = collect(wheel)
    differs = differing(wheel, services, models)
    versions = {
        service: dict.fromkeys(sorted(entries), version)
        for service, (version, entries) in sorted(services.items())
    }
    names = {service: sorted(found) for service, found in sorted(differs.items())}
    write_json(out / "index.json", {"versions": versions, "differs": names})
    for service, found in differs.items():
        write_json(out / "models" / f"{service}.json", found)
    for service, commands in DOCUMENTED.items():
        write_json(
            out / "help" / f"{service}.json",
            help_of(wheel, service, commands, services[service][1]),
        )
    write_json(
        out / "help.json",
        {command: service for service, commands in DOCUMENTED.items() for command in commands},
    )


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
