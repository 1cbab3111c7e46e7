"""JupyterLab: starting it, exploring in it."""
