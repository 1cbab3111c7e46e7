"""Starting JupyterLab: on loopback with a token, in Chinese unless English is spoken, with the package's kernel."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.lab.folder import copy_notebooks
from analysis.register.court_file import ENVIRONMENT, find_court_file
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text, spoken

# Jupyter's own name of the Python kernel: in this folder it is the package's environment under a name that says so,
# and a notebook made here opens elsewhere without a question.
KERNEL = "python3"
KERNEL_NAME = Text("法院执行分析", "Court analysis")
LOCALES = {"zh": "zh_CN", "en": "default"}
SETTINGS = {
    # JupyterLab asks the network for news, extensions and a new release; a court's machine has none.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # JupyterLab would answer a click in a thread beside the cells, where no interrupt arrives and two may wait for each other.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
}

# Where Jupyter and its kernels keep what they would else leave in the home folder: runtime files, settings, layouts, history.
OWN_PLACES = {
    "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTER_DATA_DIR": "data", "JUPYTER_CONFIG_DIR": "config", "IPYTHONDIR": "ipython",
    "JUPYTERLAB_SETTINGS_DIR": "user-settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
}  # fmt: skip


def prepare(folder: str | Path) -> dict[str, str]:
    """Copy the notebooks, write kernel and settings beside them; returns the environment that JupyterLab needs."""
    target = copy_notebooks(folder).folder.resolve()
    own = target / ".jupyter"
    kernel = own / "share" / "kernels" / KERNEL
    kernel.mkdir(parents=True, exist_ok=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--HistoryManager.enabled=False"]
    spec = {"argv": argv, "display_name": str(KERNEL_NAME), "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec, ensure_ascii=False, indent=1), encoding="utf-8")
    settings = own / "settings"
    settings.mkdir(exist_ok=True)
    overrides = {"@jupyterlab/translation-extension:plugin": {"locale": LOCALES[spoken()]}, **SETTINGS}
    (settings / "overrides.json").write_text(json.dumps(overrides, indent=1), encoding="utf-8")
    shares = [str(own / "share"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    found = find_court_file()
    told = {} if found is None else {ENVIRONMENT: str(found.resolve())}
    places = {name: str(own / folder) for name, folder in OWN_PLACES.items()}
    return {"JUPYTER_PATH": os.pathsep.join(shares), **places, **told}


def arguments(folder: str | Path, *, port: int | None = None, browser: bool = True) -> list[str]:
    """The command line of JupyterLab: loopback only, a token of its own making, our settings, no remote asset."""
    target = Path(folder).resolve()
    chosen = [
        f"--ServerApp.root_dir={target}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.app_settings_dir={target / '.jupyter' / 'settings'}",
        "--LabApp.extension_manager=readonly",
    ]
    if port is not None:
        chosen += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        chosen.append("--no-browser")
    return chosen


def start_lab(folder: str | Path, *, port: int | None = None, browser: bool = True, extra: Sequence[str] = ()) -> None:
    """Prepare the folder and run JupyterLab in it until it is stopped; raises ``ArgumentError`` for root, whom JupyterLab refuses."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in extra:
        raise ArgumentError(
            "不能以 root 启动：笔记本中的代码会有 root 的权限。请换普通用户登录后再运行；确在容器中时加 --allow-root。",
            "not as root: code in a notebook would have all of root's rights. Log in as an ordinary user and run it again; "
            "inside a container add --allow-root.",
        )
    os.environ.update(prepare(folder))
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(argv=[*arguments(folder, port=port, browser=browser), *extra])
