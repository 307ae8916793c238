"""Runs a Lambda handler: its context, its log, and its errors in AWS's shapes.

Both the browser (`function`) and the native host (crates/serve/src/functions/bootstrap.py) run handlers by this file,
so it stands on the standard library alone and looks at `os.environ` only when it is called.
"""

import importlib
import json
import logging
import os
import sys
import time
import traceback

# Where files lie here, and where AWS has them.
PLACES = {}


class Context:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, job):
        environ = os.environ
        self.function_name = environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.invoked_function_arn = job["arn"]
        self.aws_request_id = job["id"]
        self.identity = Identity()
        sent = job.get("client_context")
        self.client_context = ClientContext(sent) if sent else None
        self._deadline_ms = job["deadline_ms"]

    def get_remaining_time_in_millis(self):
        return max(int(self._deadline_ms - time.time() * 1000), 0)


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class ClientContext:
    def __init__(self, sent):
        self.custom = sent.get("custom")
        self.env = sent.get("env")
        client = sent.get("client")
        self.client = type("Client", (), dict(client)) if client else None


class Request(logging.Filter):
    """Tells each record of which request it is."""

    request_id = ""

    def filter(self, record):
        record.aws_request_id = Request.request_id
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record):
        line = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": record.aws_request_id,
        }
        if record.exc_info:
            line["stackTrace"] = traceback.format_tb(record.exc_info[2])
            line["errorType"] = record.exc_info[0].__name__
            line["errorMessage"] = str(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        handler.setFormatter(JsonFormatter())
    else:
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    handler.addFilter(Request())
    logging.root.addHandler(handler)


def as_on_aws(text):
    """Paths as they would be on AWS, wherever this interpreter really runs."""
    for here, there in PLACES.items():
        text = text.replace(here, there)
    return text


def stack_of(error):
    """The lines of the code's own frames."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = ("_cloudarium", "importlib")
    own = [frame for frame in frames if not any(name in frame.filename for name in ours)]
    return [as_on_aws(line) for line in traceback.format_list(own)]


def failure(kind, message, request_id, stack=()):
    """https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html"""
    return {
        "errorMessage": message,
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": list(stack),
    }


def log_of(failed):
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        return json.dumps({"level": "ERROR", **failed}, ensure_ascii=False) + "\n"
    head = f"[ERROR] {failed['errorType']}: {failed['errorMessage']}\nTraceback (most recent call last):\n"
    return head + "".join(failed["stackTrace"])


def load(name):
    """The handler, or how AWS says that there is none."""
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        return None, failure("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}", "")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        return None, failure("Runtime.ImportModuleError", as_on_aws(message), "")
    except SyntaxError as error:
        where = f'  File "/var/task/{os.path.basename(error.filename or "")}" Line {error.lineno}\n'
        message = f"Syntax error in module '{module_name}': {error}"
        stack = [where + f"    {(error.text or '').rstrip()}\n"]
        return None, failure("Runtime.UserCodeSyntaxError", as_on_aws(message), "", stack)
    except Exception as error:
        return None, failure(type(error).__name__, str(error), "", stack_of(error))
    handler = getattr(module, function_name, None)
    if handler is None:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        return None, failure("Runtime.HandlerNotFound", message, "")
    return handler, None


def run(handler, job):
    request_id = job["id"]
    try:
        event = json.loads(job["payload"])
        result = handler(event, Context(job))
    except Exception as error:
        failed = failure(type(error).__name__, str(error), request_id, stack_of(error))
        return {"outcome": "Failed", "payload": json.dumps(failed), "log": log_of(failed)}
    try:
        payload = json.dumps(result, ensure_ascii=False)
        payload.encode()
    except Exception as error:
        message = f"Unable to marshal response: {error}"
        failed = failure("Runtime.MarshalError", message, request_id)
        return {"outcome": "Failed", "payload": json.dumps(failed), "log": log_of(failed)}
    return {"outcome": "Returned", "payload": payload}
