"""Sleeping is waiting for the virtual clock.

Reading the clock needs nothing here: CPython asks the worker's `Date.now` and `performance.now`,
and those follow the virtual clock (web/js/virtual-clock.js).
"""

import time

from . import host


def sleep(seconds, /):
    """Like `time.sleep`, by the virtual clock."""
    if not hasattr(seconds, "__float__") and not hasattr(seconds, "__index__"):
        kind = type(seconds).__name__
        raise TypeError(f"{kind!r} object cannot be interpreted as an integer or float")
    seconds = float(seconds)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    host.sleep(seconds)


def install():
    """Replaces `time.sleep`."""
    time.sleep = sleep
