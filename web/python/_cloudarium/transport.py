"""A request's way out: botocore's `before-send` event is answered by the simulated cloud.

https://botocore.amazonaws.com/v1/documentation/api/latest/topics/events.html
"""

import importlib
import io

from . import host, source


class Body(io.BytesIO):
    """An answer's body, with what botocore expects of urllib3's response."""

    def stream(self, amt=65536, decode_content=None):
        """Yields the rest, `amt` bytes at a time."""
        while chunk := self.read(amt):
            yield chunk

    def release_conn(self):
        """There is no connection to give back."""


def body_bytes(body):
    """The whole of a prepared request's body."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    if hasattr(body, "read"):
        return body_bytes(body.read())
    return b"".join(body)


def text(value):
    """A header's value as text: botocore has some of them as bytes."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def sender(response):
    """A `before-send` handler whose answers are of the class `response`."""

    def before_send(request, **_):
        """Answers a prepared request. The source line goes beside the signed request, not into it."""
        headers = {text(name): text(value) for name, value in request.headers.items()}
        status, answered, content = host.call(
            request.method, request.url, headers, body_bytes(request.body), source.of_caller()
        )
        return response(request.url, status, answered, Body(content))

    return before_send


def install(handlers):
    """Runs when `botocore.handlers` has been imported: boto3's, or the AWS CLI's own."""
    requests = importlib.import_module(f"{handlers.__package__}.awsrequest")
    handlers.BUILTIN_HANDLERS.append(("before-send", sender(requests.AWSResponse)))
