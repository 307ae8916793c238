"""Does something to a module right after it has been imported, without importing it."""

import importlib.util
import sys
from importlib.abc import Loader, MetaPathFinder


class AfterImport(MetaPathFinder):
    """Finds the modules of `actions` as everybody does, and acts when they have run."""

    def __init__(self, actions):
        self._actions = actions

    def find_spec(self, name, path=None, target=None):
        action = self._actions.get(name)
        if action is None:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec is not None:
            spec.loader = ActingLoader(spec.loader, action)
        return spec


class ActingLoader(Loader):
    """Loads a module by another loader, then acts on it and leaves no trace of itself."""

    def __init__(self, loader, action):
        self._loader = loader
        self._action = action

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._action(module)
