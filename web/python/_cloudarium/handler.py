"""Runs a Lambda handler: its context, its log, and its errors in AWS's shapes.

Both the browser (`function`) and the native host (crates/serve/src/functions/bootstrap.py) run handlers by this file,
so it stands on the standard library alone and looks at `os.environ` only when it is called.
"""

import base64
import importlib
import json
import logging
import os
import re
import sys
import time
import traceback

# Where files lie here, and where AWS has them.
PLACES = {}

# What AWS's runtime says before each handler that cannot be loaded.
UNHANDLED = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. However, in rare "
    "cases, a Lambda runtime update can cause unexpected function behavior. For functions using managed runtimes, "
    "runtime updates can be triggered by a function change, or can be applied automatically. To determine if the "
    "runtime has been updated, check the runtime version in the INIT_START log entry. If this error correlates with a "
    "change in the runtime version, you may be able to mitigate this error by temporarily rolling back to the previous "
    "runtime version. For more information, see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)

# What every record of a log has; what else one has was given as `extra`.
OWN_FIELDS = {
    *logging.makeLogRecord({}).__dict__,
    "aws_request_id",
    "message",
    "asctime",
    "taskName",
}


class Plain:
    """What is made of a mapping: these of its members, and None where there is nothing."""

    MEMBERS = ()

    def __init__(self, sent):
        for name in self.MEMBERS:
            setattr(self, name, sent.get(name))

    def __repr__(self):
        shown = ",".join(f"{name}={getattr(self, name)}" for name in self.MEMBERS)
        return f"{type(self).__name__}([{shown}])"


class CognitoIdentity(Plain):
    MEMBERS = ("cognito_identity_id", "cognito_identity_pool_id")


class Client(Plain):
    MEMBERS = (
        "installation_id",
        "app_title",
        "app_version_name",
        "app_version_code",
        "app_package_name",
    )


class ClientContext(Plain):
    MEMBERS = ("custom", "env", "client")

    def __init__(self, sent):
        super().__init__(sent)
        if self.client is not None:
            self.client = Client(self.client)


class LambdaContext:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, job):
        environ = os.environ
        self.aws_request_id = job["id"]
        self.log_group_name = environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = job["arn"]
        self.tenant_id = None
        sent = job.get("client_context")
        self.client_context = ClientContext(sent) if sent is not None else None
        self.identity = CognitoIdentity({})
        self._epoch_deadline_time_in_ms = job["deadline_ms"]

    def get_remaining_time_in_millis(self):
        return max(int(self._epoch_deadline_time_in_ms) - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(framed(str(message)))

    def __repr__(self):
        names = (
            "aws_request_id",
            "log_group_name",
            "log_stream_name",
            "function_name",
            "memory_limit_in_mb",
            "function_version",
            "invoked_function_arn",
            "client_context",
            "identity",
            "tenant_id",
        )
        shown = ",".join(f"{name}={getattr(self, name)}" for name in names)
        return f"{type(self).__name__}([{shown}])"


# Before a record that is one event of the log, whatever line ends it has: they are written otherwise in it.
RECORD = "\0cloudarium-log "


def framed(text):
    """A record of the log as it is written where lines are read."""
    if text.endswith("\n") and text.count("\n") == 1:
        return text
    escaped = text.replace("\0", "\0" + "0").replace("\n", "\0n")
    return f"{RECORD}{escaped}\n"


class RecordHandler(logging.Handler):
    """Writes each record as one event."""

    def emit(self, record):
        try:
            sys.stdout.write(framed(self.format(record) + "\n"))
        except Exception:
            self.handleError(record)


class Request(logging.Filter):
    """Tells each record of which request it is."""

    request_id = ""

    def filter(self, record):
        record.aws_request_id = Request.request_id
        return True


def stamp(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


class JsonFormatter(logging.Formatter):
    """https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html, and the members of an error and of `extra` as
    https://github.com/aws/aws-lambda-python-runtime-interface-client writes them."""

    def format(self, record):
        line = {
            "timestamp": stamp(record.created),
            "level": logging.getLevelName(min(50, max(0, record.levelno)) // 10 * 10),
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            line["stackTrace"] = traceback.format_tb(record.exc_info[2])
            line["errorType"] = record.exc_info[0].__name__
            line["errorMessage"] = str(record.exc_info[1])
        line["requestId"] = record.aws_request_id
        if record.exc_info:
            line["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        extra = {name: it for name, it in vars(record).items() if name not in OWN_FIELDS}
        line.update((name, it) for name, it in extra.items() if name not in line and it is not None)
        return as_on_aws(json.dumps(line, ensure_ascii=False, default=str))


def set_up_logging():
    handler = RecordHandler()
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        handler.setFormatter(JsonFormatter())
    else:
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    handler.addFilter(Request())
    logging.root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper().replace("TRACE", "DEBUG")
    if isinstance(logging.getLevelName(level), int):
        logging.root.setLevel(level)


HERE = set_up_logging.__code__.co_filename


def as_on_aws(text):
    """Paths as they would be on AWS, wherever this interpreter really runs."""
    text = text.replace(HERE, "/var/runtime/bootstrap.py")
    for here, there in PLACES.items():
        text = text.replace(here, there)
    return text


def stack_of(error):
    """The lines of a stack, without what lies under a line; without the runtime's own, where there are others."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "_cloudarium" not in frame.filename]
    told = [(it.filename, it.lineno, it.name, it.line) for it in own or frames[-1:]]
    return [as_on_aws(line) for line in traceback.format_list(told)]


def failure(kind, message, request_id, stack=()):
    """https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html"""
    return {
        "errorMessage": message,
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": list(stack),
    }


def log_of(failed):
    """An error as the runtime logs it: in JSON, or as text whose indents do not break (U+00A0)."""
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        return written({"timestamp": stamp(time.time()), "log_level": "ERROR", **failed}) + "\n"
    lines = [f"[ERROR] {failed['errorType']}: {failed['errorMessage']}"]
    lines.append("Traceback (most recent call last):")
    for line in "".join(failed["stackTrace"]).splitlines():
        text = line.lstrip(" ")
        lines.append("\u00a0" * (len(line) - len(text)) + text)
    return "\n".join(lines) + "\n"


def written(value):
    """A value as the runtime writes it (by simplejson): decimals as numbers, named tuples as objects, bytes as text;
    what is not ASCII as it is since Python 3.12."""
    decimals = []

    def other(value):
        if isinstance(value, bytes):
            return value.decode()
        decimal = sys.modules.get("decimal")
        if decimal is None or not isinstance(value, decimal.Decimal):
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
        decimals.append("NaN" if value.is_nan() else str(value))
        return f"\0decimal{len(decimals) - 1}\0"

    older = os.environ.get("AWS_EXECUTION_ENV", "").endswith(("python3.10", "python3.11"))
    text = json.dumps(with_objects(value), ensure_ascii=older, default=other)
    if not decimals:
        return text
    return re.sub(r'"\\u0000decimal(\d+)\\u0000"', lambda found: decimals[int(found[1])], text)


def with_objects(value, around=()):
    """The value with mappings in place of named tuples. What contains itself stays: it is refused later."""
    if not isinstance(value, (dict, list, tuple)) or id(value) in around:
        return value
    inner = (*around, id(value))
    if isinstance(value, tuple) and callable(getattr(value, "_asdict", None)):
        value = value._asdict()
    if isinstance(value, dict):
        return {
            name.decode() if isinstance(name, bytes) else name: with_objects(it, inner)
            for name, it in value.items()
        }
    return [with_objects(it, inner) for it in value]


def load(name):
    """The handler, or how AWS says that there is none."""
    handler, failed = find(name)
    if failed:
        logging.warning(UNHANDLED)
    return handler, failed


def find(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        return None, failure("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}", "")
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = f"Cannot use built-in module {module_name} as a handler module"
        return None, failure("Runtime.BuiltInModuleConflict", message, "")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        return None, failure("Runtime.ImportModuleError", as_on_aws(message), "")
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        where = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        stack = [as_on_aws(where)]
        return None, failure("Runtime.UserCodeSyntaxError", as_on_aws(message), "", stack)
    except Exception as error:
        return None, failure(type(error).__name__, str(error), "", stack_of(error))
    try:
        return getattr(module, function_name), None
    except AttributeError:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        return None, failure("Runtime.HandlerNotFound", message, "")


def handle_event_request(request_handler, job):
    """Calls the handler. The names here are those of AWS's runtime, as they are in stacks."""
    lambda_context = LambdaContext(job)
    event = json.loads(job["payload"])
    response = request_handler(event, lambda_context)
    return response


def answer(response):
    """What is returned: bytes as they are, all else as JSON."""
    if not isinstance(response, bytes):
        payload = written(response)
        payload.encode()
        return {"outcome": "Returned", "payload": payload}
    try:
        return {"outcome": "Returned", "payload": response.decode()}
    except UnicodeDecodeError:
        return {"outcome": "Returned", "bytes": base64.b64encode(response).decode()}


def run(handler, job):
    request_id = job["id"]
    # The header of X-Ray: the runtime puts it into the variables before each invocation.
    # https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    os.environ["_X_AMZN_TRACE_ID"] = job["trace"]
    try:
        response = handle_event_request(handler, job)
    except Exception as error:
        failed = failure(type(error).__name__, str(error), request_id, stack_of(error))
        return {"outcome": "Failed", "payload": written(failed), "log": log_of(failed)}
    try:
        return answer(response)
    except Exception as error:
        message = f"Unable to marshal response: {error}"
        failed = failure("Runtime.MarshalError", message, request_id)
        return {"outcome": "Failed", "payload": written(failed), "log": log_of(failed)}
