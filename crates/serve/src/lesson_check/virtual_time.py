"""The cloud's time in place of the machine's, as scripts have it in the tab.

A proof then takes no longer than its calls, however long its script sleeps, and signs by the clock
that the cloud goes by. `time.monotonic` stays the machine's: threads wait by it.
"""

import sys

# `datetime` as Python has it in Python asks `time.time`; in C it would ask the machine.
sys.modules["_datetime"] = None

import http.client  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
import urllib.parse  # noqa: E402

_place = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"]).netloc
_one_at_a_time = threading.Lock()
_in_c = {name: getattr(time, name) for name in ("gmtime", "localtime", "ctime", "strftime")}


def _ask(advance_ms=0):
    """The cloud's time, in milliseconds, after so many have passed."""
    with _one_at_a_time:
        connection = http.client.HTTPConnection(_place)
        body = json.dumps({"advance_ms": advance_ms}) if advance_ms else None
        connection.request("POST" if body else "GET", "/_cloudarium/clock", body)
        answer = json.load(connection.getresponse())
        connection.close()
    return answer["now_ms"]


def _time():
    return _ask() / 1000


def _time_ns():
    return _ask() * 1_000_000


def _sleep(seconds, /):
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _ask(round(seconds * 1000))


def _of_now(name):
    def at(seconds=None, /):
        return _in_c[name](_time() if seconds is None else seconds)

    return at


def _strftime(form, moment=None, /):
    return _in_c["strftime"](form, time.localtime() if moment is None else moment)


time.time, time.time_ns, time.sleep, time.strftime = _time, _time_ns, _sleep, _strftime
time.gmtime, time.localtime, time.ctime = _of_now("gmtime"), _of_now("localtime"), _of_now("ctime")
