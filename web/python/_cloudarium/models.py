"""botocore's loader, with models that are fetched a service at a time.

Under boto3.zip lies only what belongs to no service, and an index of all models. The models
themselves are files of the site (web/python/build/models.py writes them), read at the first
`client()` of a service and kept for all sessions.
"""

import json
import pkgutil

from . import host

_index = {}
_models = {}
_shared = {}


def index():
    """The version of each model of each service: `{"s3": {"service-2": "2006-03-01"}}`."""
    if not _index:
        _index.update(json.loads(pkgutil.get_data(__package__, "models.json")))
    return _index


def of_service(service):
    """All models of a service by name."""
    if service not in _models:
        _models[service] = json.loads(host.models(service))
    return _models[service]


def keep(service, text):
    """Takes over models that were fetched beforehand."""
    _models[service] = json.loads(text)


def shared(name):
    """One of botocore's files that belong to no service: `endpoints`, `partitions`, `_retry`."""
    if name not in _shared:
        _shared[name] = json.loads(pkgutil.get_data("botocore", f"data/{name}.json"))
    return _shared[name]


def loader_class(base, not_found):
    """A subclass of botocore's `Loader`, whose other ways (extras, search paths) stay as they are."""

    class TabLoader(base):
        def list_available_services(self, type_name):
            return sorted(name for name, models in index().items() if type_name in models)

        def list_api_versions(self, service_name, type_name):
            version = index().get(service_name, {}).get(type_name)
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
                    return shared(path[0])
                except FileNotFoundError:
                    return None
            service, version, model = path
            if index().get(service, {}).get(model) != version:
                return None
            return of_service(service)[model]

    return TabLoader


def install(loaders):
    """Runs when `botocore.loaders` has been imported."""
    loaders.Loader = loader_class(loaders.Loader, loaders.DataNotFoundError)
