"""What stands between a process of Python that runs a Lambda handler and the host that started it.

The host writes one JSON object a line to standard input (an invocation), and reads one a line from standard
output (how it ended). All that the code prints goes to standard error, which the host reads as the log; a
line of its own there marks where an invocation's output ends.
"""

import json
import os
import sys
import sysconfig

import _cloudarium_handler as handler

TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
MARK = "\x00cloudarium-end"


def main():
    # The host's two pipes; what the code writes, by whatever way, goes to the log.
    control = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass", buffering=1)
    jobs = os.fdopen(os.dup(0), "r", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(
        1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    sys.stderr = os.fdopen(
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    sys.stdin = os.fdopen(0, "r", closefd=False)

    def tell(message):
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(2, f"{MARK}\n".encode())
        control.write(json.dumps(message) + "\n")
        control.flush()

    # The host calls the environment's own folders as AWS does; this interpreter's are not known to it.
    runtime = os.environ["AWS_EXECUTION_ENV"].removeprefix("AWS_Lambda_")
    library = f"/var/lang/lib/{runtime}"
    handler.PLACES[sysconfig.get_path("purelib")] = f"{library}/site-packages"
    handler.PLACES[sysconfig.get_path("stdlib")] = library
    layers = os.path.join(os.path.dirname(TASK_ROOT), "opt", "python")
    packages = os.path.join(layers, "lib", runtime, "site-packages")
    # In the place of this script's own folder.
    sys.path[:1] = [TASK_ROOT, packages, layers]
    os.chdir(TASK_ROOT)
    handler.set_up_logging()
    function, failed = handler.load(os.environ["_HANDLER"])
    if failed:
        tell(
            {"outcome": "InitFailed", "payload": json.dumps(failed), "log": handler.log_of(failed)}
        )
        sys.exit(1)
    tell({"outcome": "Ready"})
    for line in jobs:
        job = json.loads(line)
        handler.Request.request_id = job["id"]
        tell(handler.run(function, job))


main()
