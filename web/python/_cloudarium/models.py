"""botocore's loader, with models that are fetched a service at a time.

Under boto3.zip lies only what belongs to no service, and an index of all models. The models
themselves are files of the site (web/python/build/models.py writes them), read at the first
`client()` of a service and kept for all sessions.
"""

import json
import pkgutil

from . import host


class Catalogue:
    """What botocore's loader is given: boto3's models."""

    def __init__(self):
        self._index = {}
        self._models = {}
        self._shared = {}

    def index(self):
        """The version of each model of each service: `{"s3": {"service-2": "2006-03-01"}}`."""
        if not self._index:
            self._index.update(json.loads(pkgutil.get_data(__package__, "models.json")))
        return self._index

    def model(self, service, name):
        """One model of a service, which the index lists."""
        return self.of_service(service)[name]

    def of_service(self, service):
        """All models of a service by name."""
        if service not in self._models:
            self._models[service] = json.loads(host.models(service))
        return self._models[service]

    def keep(self, service, text):
        """Takes over models that were fetched beforehand."""
        self._models[service] = json.loads(text)

    def shared(self, name):
        """One of botocore's files that belong to no service: `endpoints`, `partitions`, `_retry`."""
        if name not in self._shared:
            self._shared[name] = self.read_shared(name)
        return self._shared[name]

    def read_shared(self, name):
        return json.loads(pkgutil.get_data("botocore", f"data/{name}.json"))


BOTO3 = Catalogue()


def keep(service, text):
    """Takes over models of boto3's that were fetched beforehand."""
    BOTO3.keep(service, text)


def loader_class(base, not_found, catalogue):
    """A subclass of botocore's `Loader`, whose other ways (extras, search paths) stay as they are."""

    class TabLoader(base):
        def list_available_services(self, type_name):
            return sorted(name for name, models in catalogue.index().items() if type_name in models)

        def list_api_versions(self, service_name, type_name):
            version = catalogue.index().get(service_name, {}).get(type_name)
            if version is None:
                raise not_found(data_path=f"{service_name}/{type_name}")
            return [version]

        def load_data_with_path(self, name):
            data = self._find(name.replace("\\", "/").split("/"))
            if data is None:
                raise not_found(data_path=name)
            return data, self.BUILTIN_DATA_PATH

        def _find(self, path):
            if len(path) == 1:
                try:
                    return catalogue.shared(path[0])
                except OSError:
                    return None
            service, version, model = path
            if catalogue.index().get(service, {}).get(model) != version:
                return None
            return catalogue.model(service, model)

    return TabLoader


def install(loaders, catalogue=BOTO3):
    """Runs when `botocore.loaders` has been imported."""
    loaders.Loader = loader_class(loaders.Loader, loaders.DataNotFoundError, catalogue)
