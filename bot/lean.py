"""Packages that load far more than is asked of them, entered without what they would load.

botbuilder's SDK brings three other HTTP clients with it, and the stemmer 38 languages: 500 modules, 20 MB and a tenth of
a start. The modules inside such a package can be loaded as always. Whoever asks the package itself for anything else
than what is named here has it loaded whole, so that nothing is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any, Final

PACKAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "azure.core": {},
    "botbuilder.core": {},
    "botframework.connector": {"Channels": "channels"},
    "botframework.connector.auth": {},
    "msrest": {},
    "snowballstemmer": {},
}
"""What may be asked of each, and the module inside it where that is found."""

_whole = RLock()
_loading: set[str] = set()


def install() -> None:
    """From now on these packages are entered so; those that are loaded already stay as they are."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Entered(ModuleType):
    """A package whose own code has not run."""

    def __getattr__(self, name: str) -> Any:
        home = PACKAGES[self.__name__].get(name)
        if home is not None:
            return getattr(import_module(f"{self.__name__}.{home}"), name)
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        # A module inside: the import that asks goes on to load it.
        if find_spec(f"{self.__name__}.{name}") is not None or not self._is_loaded():
            raise AttributeError(name)
        return getattr(self, name)

    def _is_loaded(self) -> bool:
        """Loads it whole, once; False to its own code, which asks while that is under way."""
        with _whole:
            if not isinstance(self, _Entered):
                return True
            if self.__name__ in _loading or self.__spec__ is None or self.__spec__.loader is None:
                return False
            _loading.add(self.__name__)
            try:
                self.__spec__.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
            finally:
                _loading.discard(self.__name__)
            return True


class _Door(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Entered(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname in PACKAGES else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Door(spec.loader)
        return spec
