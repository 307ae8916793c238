"""Queues by boto3 at the native endpoint: what clients see of SQS's codes, long polling between two clients, and a
function that a queue really triggers.

A line `ok NAME` a check; the first that fails ends it.
"""

import io
import json
import threading
import time
import zipfile

import boto3
from botocore.exceptions import ClientError

sqs = boto3.client("sqs")
lam = boto3.client("lambda")
logs = boto3.client("logs")
ROLE = "arn:aws:iam::123456789012:role/f"


def ok(name, truth, told=None):
    assert truth, f"{name}: {told}"
    print("ok", name, flush=True)


def refused(call, **input):
    try:
        call(**input)
    except ClientError as error:
        return error
    raise AssertionError("it was not refused")


error = refused(sqs.get_queue_url, QueueName="nope")
ok(
    "older code",
    error.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue",
    error.response,
)
ok("typed", isinstance(error, sqs.exceptions.QueueDoesNotExist), type(error))
ok("sender", error.response["Error"]["Type"] == "Sender", error.response)

url = sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
error = refused(sqs.create_queue, QueueName="jobs", Attributes={"VisibilityTimeout": "31"})
ok("exists", error.response["Error"]["Code"] == "QueueAlreadyExists", error.response)
ok("exists, typed", isinstance(error, sqs.exceptions.QueueNameExists), type(error))
error = refused(sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=11)
ok("value", error.response["Error"]["Code"] == "InvalidParameterValue", error.response)

# boto3 verifies both digests of what it sends and receives.
attributes = {
    "n": {"DataType": "Number", "StringValue": "7"},
    "b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
}
sqs.send_message(QueueUrl=url, MessageBody="ä\n", MessageAttributes=attributes)
message = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"][0]
ok("attributes", message["MessageAttributes"]["b"]["BinaryValue"] == b"\x00\xff", message)
sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

got = []
waiting = threading.Thread(
    target=lambda: got.append(boto3.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=20))
)
waiting.start()
time.sleep(0.5)
ok("it waits", not got)
sqs.send_message(QueueUrl=url, MessageBody="at last")
waiting.join(5)
ok("it is answered", got and got[0]["Messages"][0]["Body"] == "at last", got)
sqs.delete_message(QueueUrl=url, ReceiptHandle=got[0]["Messages"][0]["ReceiptHandle"])

package = io.BytesIO()
with zipfile.ZipFile(package, "w") as archive:
    archive.writestr(
        "main.py",
        "import json\ndef handler(event, context):\n    print('EVENT', json.dumps(event))\n",
    )
lam.create_function(
    FunctionName="worker",
    Runtime="python3.13",
    Role=ROLE,
    Handler="main.handler",
    Code={"ZipFile": package.getvalue()},
)
lam.get_waiter("function_active_v2").wait(FunctionName="worker")
arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
mapping = lam.create_event_source_mapping(EventSourceArn=arn, FunctionName="worker", BatchSize=5)
for _ in range(100):
    if lam.get_event_source_mapping(UUID=mapping["UUID"])["State"] == "Enabled":
        break
    time.sleep(0.1)
sent = sqs.send_message(QueueUrl=url, MessageBody="work", MessageAttributes=attributes)


def event():
    for _ in range(300):
        try:
            found = logs.filter_log_events(
                logGroupName="/aws/lambda/worker", filterPattern="EVENT"
            )["events"]
        except logs.exceptions.ResourceNotFoundException:
            found = []
        if found:
            return json.loads(found[0]["message"].split("EVENT ", 1)[1])
        time.sleep(0.1)
    raise AssertionError("the function was not triggered")


record = event()["Records"][0]
ok("record", record["messageId"] == sent["MessageId"] and record["body"] == "work", record)
ok("digest", record["md5OfBody"] == sent["MD5OfMessageBody"], record)
ok("source", record["eventSource"] == "aws:sqs" and record["eventSourceARN"] == arn, record)
ok("region", record["awsRegion"] == "us-east-1", record)
ok("its attributes", record["messageAttributes"]["n"]["stringValue"] == "7", record)
ok("its bytes", record["messageAttributes"]["b"]["binaryValue"] == "AP8=", record)
ok("told by AWS", record["attributes"]["ApproximateReceiveCount"] == "1", record)
names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
for _ in range(50):
    left = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    if set(left.values()) == {"0"}:
        break
    time.sleep(0.1)
ok("deleted", set(left.values()) == {"0"}, left)
lam.delete_event_source_mapping(UUID=mapping["UUID"])
print("all")
