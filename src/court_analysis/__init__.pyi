"""What editors and type checkers see of the second name: all that the door shows."""

from analysis import *  # noqa: F403 - a second name of all of it
from analysis import __version__ as __version__
