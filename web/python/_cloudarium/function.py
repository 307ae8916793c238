"""A Lambda function's execution environment in a worker of its own (web/js/function-python.js).

`begin` unpacks the code and loads the handler, `invoke` calls it. Each takes and gives JSON: how it went is told as
`crates/lambda/src/finish.rs` reads it. Files and names stay as they are from one invocation to the next.
"""

import importlib
import io
import json
import os
import sys
import zipfile

from . import handler, source, start

TASK = "/var/task"
LAYERS = "/opt"
_functions = []


def begin(request, packages):
    """Enters the environment. `packages` are zips: of layers, and the function's own last."""
    request = json.loads(request)
    os.environ.clear()
    os.environ.update({**start.ENVIRONMENT, **request["variables"]})
    source.command = f"lambda {os.environ['AWS_LAMBDA_FUNCTION_NAME']}"
    *layers, own = packages
    for layer in layers:
        unpack(layer, LAYERS)
    unpack(own, TASK)
    os.makedirs("/tmp", exist_ok=True)
    os.chdir(TASK)
    runtime = os.environ["AWS_EXECUTION_ENV"].removeprefix("AWS_Lambda_")
    # Where AWS keeps what comes with the runtime, boto3 among it.
    handler.PLACES["/lib/boto3.zip"] = f"/var/lang/lib/{runtime}/site-packages"
    handler.PLACES["/lib/python314.zip"] = f"/var/lang/lib/{runtime}"
    layers = [f"{LAYERS}/python/lib/{runtime}/site-packages", f"{LAYERS}/python"]
    sys.path[:] = [TASK, *layers, *sys.path]
    importlib.invalidate_caches()
    handler.set_up_logging()
    return told(load)


def unpack(content, folder):
    os.makedirs(folder, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def load():
    function, failed = handler.load(os.environ["_HANDLER"])
    if failed:
        return {
            "outcome": "InitFailed",
            "payload": json.dumps(failed),
            "log": handler.log_of(failed),
        }
    _functions[:] = [function]
    return {"outcome": "Ready"}


def invoke(request):
    """Calls the handler."""
    job = json.loads(request)
    handler.Request.request_id = job["id"]
    return told(lambda: handler.run(_functions[0], job))


def told(work):
    """Does the work and says as JSON how it went; an interpreter that wants to end is ended by the host."""
    try:
        ending = work()
    except SystemExit as error:
        ending = {"outcome": "Exited", "code": exit_code(error)}
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        ending = {"outcome": "Exited", "code": 1}
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return json.dumps(ending)


def exit_code(error):
    """As a process would end: a text is shown, and counts as a failure."""
    if error.code is None or isinstance(error.code, int):
        return (error.code or 0) % 256
    print(error.code, file=sys.stderr)
    return 1
