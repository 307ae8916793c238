"""Queues by the `query` protocol, as clients spoke to SQS before it spoke JSON: signed forms, and answers in XML.

A line `ok NAME` a check; the first that fails ends it.
"""

import os
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

session = boto3.Session()
endpoint = os.environ.get("AWS_ENDPOINT_URL") or session.client("sqs").meta.endpoint_url
SPACE = "{http://queue.amazonaws.com/doc/2012-11-05/}"


def ok(name, truth, told=None):
    assert truth, f"{name}: {told}"
    print("ok", name, flush=True)


def ask(action, path="/", method="POST", **parameters):
    """The status and the root element of the answer."""
    form = {"Action": action, "Version": "2012-11-05", **parameters}
    encoded = urllib.parse.urlencode(form)
    url = endpoint.rstrip("/") + path
    headers = {}
    body = None
    if method == "GET":
        url += "?" + encoded
    else:
        body = encoded.encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    request = AWSRequest(method=method, url=url, data=body, headers=headers)
    SigV4Auth(session.get_credentials(), "sqs", "us-east-1").add_auth(request)
    sent = urllib.request.Request(url, data=body, method=method, headers=dict(request.headers))
    try:
        with urllib.request.urlopen(sent) as answer:
            return answer.status, ElementTree.fromstring(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, ElementTree.fromstring(refused.read())


def texts(root, path):
    steps = "/".join(SPACE + step for step in path.split("/"))
    return [found.text for found in root.findall(steps)]


status, root = ask(
    "CreateQueue",
    QueueName="jobs",
    **{
        "Attribute.1.Name": "VisibilityTimeout",
        "Attribute.1.Value": "40",
        "Tag.1.Key": "stage",
        "Tag.1.Value": "test",
    },
)
ok("root", (status, root.tag) == (200, SPACE + "CreateQueueResponse"), root.tag)
(url,) = texts(root, "CreateQueueResult/QueueUrl")
ok("request id", len(texts(root, "ResponseMetadata/RequestId")[0]) == 36)
path = urllib.parse.urlparse(url).path
ask("CreateQueue", QueueName="jobs-2")

for method in ["GET", "POST"]:
    _, root = ask("ListQueues", method=method)
    urls = texts(root, "ListQueuesResult/QueueUrl")
    ok(f"list by {method}", urls == [url, url + "-2"], urls)

_, root = ask("GetQueueAttributes", path=path, **{"AttributeName.1": "VisibilityTimeout"})
names = texts(root, "GetQueueAttributesResult/Attribute/Name")
values = texts(root, "GetQueueAttributesResult/Attribute/Value")
ok("attributes", (names, values) == (["VisibilityTimeout"], ["40"]), (names, values))
_, root = ask("ListQueueTags", QueueUrl=url)
ok("tags", texts(root, "ListQueueTagsResult/Tag/Key") == ["stage"])

_, root = ask(
    "SendMessage",
    path=path,
    MessageBody="<ä> & b",
    **{
        "MessageAttribute.1.Name": "n",
        "MessageAttribute.1.Value.DataType": "Number",
        "MessageAttribute.1.Value.StringValue": "7",
    },
)
(message_id,) = texts(root, "SendMessageResult/MessageId")
_, root = ask(
    "SendMessageBatch",
    path=path,
    **{
        "SendMessageBatchRequestEntry.1.Id": "a",
        "SendMessageBatchRequestEntry.1.MessageBody": "one",
        "SendMessageBatchRequestEntry.2.Id": "b",
        "SendMessageBatchRequestEntry.2.MessageBody": "two",
        "SendMessageBatchRequestEntry.2.DelaySeconds": "901",
    },
)
sent = texts(root, "SendMessageBatchResult/SendMessageBatchResultEntry/Id")
failed = texts(root, "SendMessageBatchResult/BatchResultErrorEntry/Id")
ok("batch", (sent, failed) == (["a"], ["b"]), (sent, failed))

_, root = ask(
    "ReceiveMessage",
    path=path,
    MaxNumberOfMessages="10",
    **{"AttributeName.1": "ApproximateReceiveCount", "MessageAttributeName.1": "All"},
)
message = "ReceiveMessageResult/Message"
ok("ids", texts(root, message + "/MessageId")[0] == message_id)
ok("bodies", texts(root, message + "/Body") == ["<ä> & b", "one"])
ok("told by AWS", texts(root, message + "/Attribute/Value") == ["1", "1"])
ok("its attributes", texts(root, message + "/MessageAttribute/Value/StringValue") == ["7"])
handle = texts(root, message + "/ReceiptHandle")[0]
status, root = ask("DeleteMessage", path=path, ReceiptHandle=handle)
ok("deleted", (status, root.tag) == (200, SPACE + "DeleteMessageResponse"), root.tag)

status, root = ask("GetQueueUrl", QueueName="nope")
(code,) = texts(root, "Error/Code")
ok("older code", (status, code) == (400, "AWS.SimpleQueueService.NonExistentQueue"), code)
ok("sender", texts(root, "Error/Type") == ["Sender"] and texts(root, "RequestId"))
status, root = ask("Nonsense")
ok("no action", (status, texts(root, "Error/Code")) == (400, ["InvalidAction"]))
status, root = ask("DeleteQueue")
ok("missing", (status, texts(root, "Error/Code")) == (400, ["MissingParameter"]))
ok("JSON still", session.client("sqs").list_queues()["QueueUrls"] == [url, url + "-2"])
print("all")
