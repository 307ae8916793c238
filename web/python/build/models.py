"""Writes one JSON file a service: its models without the documentation, as the tab fetches them on demand.

    python3 models.py WHEELS OUT

WHEELS holds the wheels of botocore and boto3. OUT receives `<service>.json`, which maps the name of
a model (`service-2`, `paginators-1`, boto3's `resources-1`, ...) to the model, and `index.json`,
which tells the version of each model of each service: `{"s3": {"service-2": "2006-03-01"}}`.
"""

import gzip
import json
import sys
import zipfile
from pathlib import Path

# What the tab never reads: examples fill the generated documentation only.
SKIPPED = ("examples-", "completions-")


def without_documentation(node):
    """A copy of a model without its prose."""
    if isinstance(node, list):
        return [without_documentation(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        # botocore reads `documentation` of clientContextParams unconditionally.
        key: value if key == "clientContextParams" else without_documentation(value)
        for key, value in node.items()
        if not (key == "documentation" and isinstance(value, str))
    }


def model_files(wheel):
    """Yields service, version, model name and zip entry for every model in a wheel, oldest version first."""
    for name in sorted(wheel.namelist()):
        parts = name.split("/")
        if len(parts) != 5 or parts[1] != "data" or parts[4].startswith(SKIPPED):
            continue
        stem = parts[4].removesuffix(".gz")
        if stem.endswith(".json"):
            yield parts[2], parts[3], stem.removesuffix(".json"), name


def collect(wheels):
    """The latest version of every model: `{service: {model: (version, wheel, entry)}}`."""
    services = {}
    for package in ("botocore", "boto3"):
        wheel = zipfile.ZipFile(next(wheels.glob(f"{package}-*.whl")))
        latest = {}
        for service, version, _, _ in model_files(wheel):
            latest[service] = version
        for service, version, model, entry in model_files(wheel):
            if version == latest[service]:
                services.setdefault(service, {})[model] = (version, wheel, entry)
    return services


def read_model(wheel, entry):
    content = wheel.read(entry)
    return json.loads(gzip.decompress(content) if entry.endswith(".gz") else content)


def write_json(path, value):
    path.write_text(json.dumps(value, separators=(",", ":"), ensure_ascii=False), "utf-8")


def main(wheels, out):
    out.mkdir(parents=True, exist_ok=True)
    index = {}
    for service, models in sorted(collect(wheels).items()):
        index[service] = {model: version for model, (version, _, _) in sorted(models.items())}
        bundle = {
            model: without_documentation(read_model(wheel, entry))
            for model, (_, wheel, entry) in sorted(models.items())
        }
        write_json(out / f"{service}.json", bundle)
    write_json(out / "index.json", index)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
