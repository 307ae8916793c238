"""There is no network: AWS's own host names lead to the simulated cloud, all others nowhere.

boto3 does not come through here (see `transport`). This is for a presigned link or the address of a
function that is opened by `urllib.request` or urllib3.
"""

import email.message
import http.client
import io
import sys
import types
import urllib.parse

from . import host, source, transport

WORDS = "Python in the browser has no network: only AWS is here, simulated. {} cannot be reached."


def is_aws(url):
    """Whether the simulated cloud answers for this address."""
    name = urllib.parse.urlsplit(url).hostname or ""
    is_function = name.endswith(".on.aws") and ".lambda-url." in name
    return name == "amazonaws.com" or name.endswith(".amazonaws.com") or is_function


def send(method, url, headers, body):
    """Sends a plain HTTP request to the simulated cloud."""
    if not is_aws(url):
        raise OSError(WORDS.format(urllib.parse.urlsplit(url).hostname))
    content = transport.body_bytes(body)
    return host.call(method, url, dict(headers), content, source.of_caller())


def refuse(address, *_, **__):
    """Stands for the ways of opening a connection."""
    raise OSError(WORDS.format(address[0] if isinstance(address, tuple) else address))


def install_socket(socket):
    """Runs when `socket` has been imported."""
    socket.getaddrinfo = refuse
    socket.create_connection = refuse


def install_urllib(request):
    """Runs when `urllib.request` has been imported."""
    from urllib.response import addinfourl

    def http_open(_handler, asked):
        headers = {**asked.unredirected_hdrs, **asked.headers}
        status, answered, content = send(asked.get_method(), asked.full_url, headers, asked.data)
        message = email.message.Message()
        for name, value in answered.items():
            message[name] = value
        answer = addinfourl(io.BytesIO(content), message, asked.full_url, status)
        answer.msg = http.client.responses.get(status, "")
        return answer

    request.HTTPHandler.http_open = http_open
    request.HTTPSHandler.https_open = http_open


def install_urllib3(connectionpool):
    """Runs when `urllib3.connectionpool` has been imported."""
    from urllib3.response import HTTPResponse

    def urlopen(pool, method, url, body=None, headers=None, **options):
        address = url if "://" in url else f"{pool.scheme}://{pool.host}{url}"
        status, answered, content = send(method, address, headers or {}, body)
        return HTTPResponse(
            body=io.BytesIO(content),
            headers=answered,
            status=status,
            reason=http.client.responses.get(status, ""),
            request_method=method,
            request_url=address,
            preload_content=options.get("preload_content", True),
        )

    connectionpool.HTTPConnectionPool.urlopen = urlopen


def install():
    """Keeps urllib3 from looking for JavaScript's `fetch`."""
    stub = types.ModuleType("urllib3.contrib.emscripten")
    stub.inject_into_urllib3 = lambda: None
    sys.modules[stub.__name__] = stub
