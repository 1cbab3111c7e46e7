"""``analysis`` under a name that no file of one's own takes: an ``analysis.py`` in the working folder would stand in its way."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_NAME, _FILE = "analysis", Path(__file__).resolve().parents[1] / "analysis" / "__init__.py"
_loaded = sys.modules.get(_NAME)
if _loaded is None or not _loaded.__file__ or Path(_loaded.__file__).resolve() != _FILE:
    if (_spec := spec_from_file_location(_NAME, _FILE, submodule_search_locations=[str(_FILE.parent)])) is None:
        raise ImportError(f"{_FILE} is not there", name=_NAME)
    sys.modules[_NAME] = _package = module_from_spec(_spec)
    if _spec.loader is not None:
        _spec.loader.exec_module(_package)
sys.modules[__name__] = sys.modules[_NAME]
