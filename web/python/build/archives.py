"""Writes the archives of the tab's Python: the standard library, boto3 with the shim, and the AWS CLI with the
shell of the Terminal.

Runs in Pyodide (see archives.mjs), so that the byte code is that of the interpreter which will read
it. An archive is stored, not deflated: the web server's own compression does better on the whole.
Entries carry no dates, so that equal inputs give equal bytes.
"""

import importlib.util
import json
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

# Without assertions and docstrings. The learner's own code is compiled in the tab, as it is.
OPTIMIZE = 2

# Imported by a name made up at run time, or read as text.
KEPT_AS_SOURCE = ("_sysconfigdata",)

UNUSED_SUFFIXES = (".pyi", ".typed", ".so", ".md", ".txt", ".js", "cacert.pem")
UNUSED_PARTS = (".dist-info/", "boto3/examples/", "boto3/data/", "__pycache__/")

# botocore's data that belongs to no service.
SHARED_DATA = (
    "_retry.json",
    "endpoints.json",
    "partitions.json",
    "sdk-default-configuration.json",
)


def compiled(name, source, folder):
    """The bytes of a .pyc which is never checked against its source."""
    code = compile(source, folder + name, "exec", dont_inherit=True, optimize=OPTIMIZE)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def add(archive, name, content, folder):
    """Adds a file; a Python module goes in compiled."""
    if name.endswith(".py") and not name.rpartition("/")[2].startswith(KEPT_AS_SOURCE):
        name, content = name + "c", compiled(name, content, folder)
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)


def write_archive(path, files, folder):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files):
            add(archive, name, content, folder)


def zip_entries(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                yield name, archive.read(name)


def is_library_file(name):
    if name.startswith("botocore/data/"):
        return name.removeprefix("botocore/data/") in SHARED_DATA
    return not name.endswith(UNUSED_SUFFIXES) and not any(part in name for part in UNUSED_PARTS)


def library_files(wheels):
    for wheel in sorted(Path(wheels).glob("*.whl")):
        for name, content in zip_entries(wheel):
            if is_library_file(name):
                if name.endswith(".json"):
                    content = json.dumps(json.loads(content), separators=(",", ":")).encode()
                yield name, content


def shim_files(shim, package):
    for path in sorted((Path(shim) / package).glob("*.py")):
        yield f"{package}/{path.name}", path.read_bytes()


def write_standard_library(stdlib, out):
    files = [(name, content) for name, content in zip_entries(stdlib) if "/test/" not in name]
    write_archive(out, files, "/lib/python314.zip/")


# Of docutils only what turns reStructuredText into text; of awscli nothing that is fetched or only for its tests.
AWSCLI_UNUSED = (
    ".dist-info/",
    ".data/",
    "awscli/testutils.py",
    "docutils/writers/html",
    "docutils/writers/latex",
    "docutils/writers/odf",
    "docutils/writers/pep_html",
    "docutils/writers/s5_html",
    "docutils/writers/xetex",
    "docutils/writers/docutils_xml",
    "docutils/writers/pseudoxml",
    "docutils/parsers/rst/include/",
    "docutils/utils/math/",
    "yaml/_yaml",
    "_yaml/",
)
AWSCLI_DATA = "awscli/botocore/data/"


def is_awscli_file(name):
    if name.startswith(AWSCLI_DATA):
        return name.removeprefix(AWSCLI_DATA) in SHARED_DATA
    if "/languages/" in name and not name.endswith(("/__init__.py", "/en.py")):
        return False
    kept = name.startswith(("awscli/topics/", "awscli/examples/global_")) or not name.endswith(
        UNUSED_SUFFIXES
    )
    is_example = name.startswith("awscli/examples/") and not name.startswith(
        "awscli/examples/global_"
    )
    return kept and not is_example and not any(part in name for part in AWSCLI_UNUSED)


def awscli_files(wheels):
    for wheel in sorted(Path(wheels).glob("*.whl")):
        for name, content in zip_entries(wheel):
            if is_awscli_file(name):
                if name.endswith(".json") and name.startswith(AWSCLI_DATA):
                    content = json.dumps(json.loads(content), separators=(",", ":")).encode()
                yield name, content


def write_awscli(wheels, shim, data, out):
    files = [*awscli_files(wheels), *shim_files(shim, "_terminal")]
    files.append(("_terminal/models.json", (Path(data) / "index.json").read_bytes()))
    files.append(("_terminal/help.json", (Path(data) / "help.json").read_bytes()))
    write_archive(out, files, "/lib/awscli/")


def write_boto3(wheels, shim, index, out):
    files = [*library_files(wheels), *shim_files(shim, "_cloudarium")]
    files.append(("_cloudarium/models.json", Path(index).read_bytes()))
    write_archive(out, files, "/lib/boto3.zip/")
