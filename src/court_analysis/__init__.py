"""``analysis`` under a name that no file of one's own takes: an ``analysis.py`` in the working folder would stand in its way."""

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location, spec_from_loader
from pathlib import Path
from types import ModuleType

_NAME, _FILE = "analysis", Path(__file__).resolve().parents[1] / "analysis" / "__init__.py"
_loaded = sys.modules.get(_NAME)
if _loaded is None or not _loaded.__file__ or Path(_loaded.__file__).resolve() != _FILE:
    if (_spec := spec_from_file_location(_NAME, _FILE, submodule_search_locations=[str(_FILE.parent)])) is None:
        raise ImportError(f"{_FILE} is not there", name=_NAME)
    sys.modules[_NAME] = _package = module_from_spec(_spec)
    if _spec.loader is not None:
        _spec.loader.exec_module(_package)


class _Rooms(MetaPathFinder, Loader):
    """``court_analysis.x`` is ``analysis.x`` itself: of one loaded twice no error would be caught and no result known."""

    def __init__(self) -> None:
        self.own: dict[str, ModuleSpec | None] = {}

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - as Python calls it
        inside, _, name = fullname.partition(".")
        return spec_from_loader(fullname, self) if inside == __name__ and name not in ("", "__main__") else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = import_module(_NAME + spec.name.removeprefix(__name__))
        self.own[spec.name] = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__ = self.own.pop(module.__spec__.name)  # the one that importing it again put in its place


sys.meta_path.insert(0, _Rooms())
sys.modules[__name__] = sys.modules[_NAME]
