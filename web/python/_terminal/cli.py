"""Fits awscli into the tab: requests, models, help. Nothing of awscli itself is changed on the way.

awscli brings its own botocore and s3transfer, and imports them by those very names. Scripts need boto3's. So
there are two sets of modules by the same names, of which one is in `sys.modules` at a time.
"""

import contextlib
import json
import os
import pkgutil
import sys

from _cloudarium import host, models, start

# awscli reads files beside its own: it is unpacked there (web/js/python-worker.js).
ROOT = "/lib/awscli"
NO_DOCUMENTATION = (
    "The documentation of {} is not part of this site: below are its names and types only. "
    "All of it: https://docs.aws.amazon.com/cli/v1/reference/{}/\n"
)


class Catalogue(models.Catalogue):
    """awscli's models: boto3's, but for those that differ."""

    def __init__(self):
        super().__init__()
        self._differs = {}
        # Service models with their documentation, once help has asked for them.
        self._documented = {}
        self.with_documentation = False

    def index(self):
        if not self._index:
            data = json.loads(pkgutil.get_data(__package__, "models.json"))
            self._index.update(data["versions"])
            self._differs.update(data["differs"])
        return self._index

    def model(self, service, name):
        if self.with_documentation and name == "service-2" and service in self._documented:
            return self._documented[service]
        if name not in self._differs.get(service, ()):
            return models.BOTO3.model(service, name)
        if service not in self._models:
            self._models[service] = json.loads(host.file(f"models/awscli/{service}.json"))
        return self._models[service][name]

    def read_shared(self, name):
        folder = "data" if name == "cli" else "botocore/data"
        with open(f"{ROOT}/awscli/{folder}/{name}.json", encoding="utf-8") as file:
            return json.load(file)

    def fetch_documentation(self, service):
        """Brings what help shows of a service: its documented model, and the examples as awscli reads them."""
        if service in self._documented:
            return
        data = json.loads(host.file(f"help/{service}.json"))
        for path, text in data["examples"].items():
            place = f"{ROOT}/awscli/examples/{path}"
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as file:
                file.write(text)
        self._documented[service] = data["model"]


CATALOGUE = Catalogue()


def prepare_help(arguments):
    """Fetches what `aws ... help` shows; tells when a service's documentation is not here."""
    commands = json.loads(pkgutil.get_data(__package__, "help.json"))
    words = [word for word in arguments if not word.startswith("-")]
    command = words[0] if words else "help"
    if command in commands:
        CATALOGUE.fetch_documentation(commands[command])
    elif command in CATALOGUE.index():
        sys.stderr.write(NO_DOCUMENTATION.format(command, command))


def install_help(module):
    """Runs when `awscli.help` has been imported: help becomes text, as awscli makes it where there is no groff."""

    class TextRenderer(module.WindowsHelpRenderer):
        def _send_output_to_pager(self, output):
            sys.stdout.write(output.decode("utf-8") + "\n")

    module.get_renderer = TextRenderer


def install_loaders(loaders):
    """Runs when a `botocore.loaders` has been imported, of either set."""
    models.install(loaders, CATALOGUE if loaders.__file__.startswith(ROOT) else models.BOTO3)


AFTER_IMPORT = {"awscli.help": install_help, "botocore.loaders": install_loaders}
TWOFOLD = ("botocore", "s3transfer")


class OtherSet:
    """The modules by the names of `TWOFOLD` that are not in use, and awscli's finder while it is not."""

    def __init__(self):
        self.modules = {}
        self.finders = []

    def swap(self):
        """Takes the set in use out, and puts the other one in."""
        found = {
            name: module
            for name, module in sys.modules.items()
            if name.partition(".")[0] in TWOFOLD
        }
        for name in found:
            del sys.modules[name]
        sys.modules.update(self.modules)
        self.modules = found
        finders = [
            finder
            for finder in sys.meta_path
            if type(finder).__name__ == "TopLevelImportAliasFinder"
        ]
        for finder in finders:
            sys.meta_path.remove(finder)
        # Its place is before the finder that looks along `sys.path`, which is the last.
        sys.meta_path[-1:-1] = self.finders
        self.finders = finders


BOTO3 = OtherSet()


@contextlib.contextmanager
def boto3_in_use():
    """Within it `import botocore` is boto3's, as a script expects."""
    BOTO3.swap()
    try:
        yield
    finally:
        BOTO3.swap()


def install():
    """Before anything of awscli is imported. What boto3 has imported so far waits for a script."""
    start.AFTER_IMPORT.update(AFTER_IMPORT)
    BOTO3.swap()
