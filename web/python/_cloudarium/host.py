"""The only module that talks to the worker's JavaScript (web/js/python-worker.js).

The JavaScript side offers a module `_cloudarium_host`. It is looked up when Python starts and not
when this module is imported: a memory snapshot must not hold references to JavaScript.
"""

import json

_host = None


def attach():
    """Connects to the JavaScript of this very worker."""
    global _host
    import _cloudarium_host

    _host = _cloudarium_host


def detach():
    """Lets go of all JavaScript, so that the memory can be kept."""
    global _host
    _host = None


def _answer(result):
    """What JavaScript returned: at once (shared memory, XHR) or as a promise (stack switching).

    `null` stands for: the learner pressed Stop while we waited.
    """
    if hasattr(result, "then"):
        from pyodide.ffi import run_sync

        result = run_sync(result)
    # JavaScript's null is no None in Pyodide.
    if not hasattr(result, "status"):
        raise KeyboardInterrupt
    return result


def call(method, url, headers, body, source):
    """Sends a request to the cloud and waits: `(status, {name: value}, body)`."""
    from pyodide.ffi import to_js

    bytes_sent = to_js(body) if body else None
    answer = _answer(_host.call(method, url, json.dumps(headers), bytes_sent, source))
    return answer.status, json.loads(answer.headers), answer.body.to_bytes()


def sleep(seconds):
    """Waits until the virtual clock has moved on by `seconds`."""
    _answer(_host.sleep(seconds))


def read_line():
    """A line that the learner types, without its newline; None at the end of the input."""
    answer = _answer(_host.readLine())
    return answer.body.to_bytes().decode() if answer.status == 0 else None


def models(service):
    """All models of one service, as JSON text."""
    return _host.models(service)


def file(path):
    """A file of the Python bundle that is fetched when it is needed, as text."""
    return _host.file(path)


def jq(text, query, flags):
    """Runs jq, which the worker has loaded beforehand: `{"stdout", "stderr", "exitCode"}` as JSON."""
    return _host.jq(text, query, flags)
