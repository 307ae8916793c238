"""EventBridge by boto3 at the native endpoint: what clients see of its errors, and an upload that starts an execution.

A line `ok NAME` a check; the first that fails ends it.
"""

import json
import time

import boto3
from botocore.exceptions import ClientError

events = boto3.client("events")
s3 = boto3.client("s3")
sqs = boto3.client("sqs")
machines = boto3.client("stepfunctions")
ROLE = "arn:aws:iam::123456789012:role/events"


def ok(name, truth, told=None):
    assert truth, f"{name}: {told}"
    print("ok", name, flush=True)


def refused(call, **input):
    try:
        call(**input)
    except ClientError as error:
        return error
    raise AssertionError("it was not refused")


def until(name, ask):
    for _ in range(300):
        found = ask()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{name} did not come")


error = refused(events.put_rule, Name="r", EventPattern='{"source": "shop"}')
ok("typed", isinstance(error, events.exceptions.InvalidEventPatternException), type(error))
ok(
    "words and place",
    error.response["Error"]["Message"]
    == 'Event pattern is not valid. Reason: "source" must be an object or an array\n'
    ' at [Source: (String)"{"source": "shop"}"; line: 1, column: 13]',
    error.response,
)
error = refused(events.describe_rule, Name="r")
ok("missing", isinstance(error, events.exceptions.ResourceNotFoundException), type(error))

machine = machines.create_state_machine(
    name="on-upload",
    roleArn=ROLE,
    definition=json.dumps(
        {
            "StartAt": "Name",
            "States": {
                "Name": {
                    "Type": "Pass",
                    "Parameters": {"key.$": "$.detail.object.key", "from.$": "$.source"},
                    "End": True,
                }
            },
        }
    ),
)["stateMachineArn"]
url = sqs.create_queue(QueueName="ended")["QueueUrl"]
queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
queue = queue["Attributes"]["QueueArn"]
pattern = {"source": ["aws.s3"], "detail": {"object": {"key": [{"suffix": ".csv"}]}}}
events.put_rule(Name="uploads", EventPattern=json.dumps(pattern))
events.put_targets(Rule="uploads", Targets=[{"Id": "m", "Arn": machine, "RoleArn": ROLE}])
ended = {"source": ["aws.states"], "detail": {"status": ["SUCCEEDED"]}}
rule = events.put_rule(Name="ended", EventPattern=json.dumps(ended))["RuleArn"]
target = {"Id": "q", "Arn": queue, "InputPath": "$.detail.output"}
ok("targets", events.put_targets(Rule="ended", Targets=[target])["FailedEntryCount"] == 0)
policy = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue,
            "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
        }
    ],
}
sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})

s3.create_bucket(Bucket="uploads")
s3.put_bucket_notification_configuration(
    Bucket="uploads", NotificationConfiguration={"EventBridgeConfiguration": {}}
)
s3.put_object(Bucket="uploads", Key="no.txt", Body=b"no")
s3.put_object(Bucket="uploads", Key="some data.csv", Body=b"a,b\n1,2\n")


def message():
    return sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages")


told = until("the end of the execution", message)
output = json.loads(json.loads(told[0]["Body"]))
ok("the execution's output", output == {"key": "some data.csv", "from": "aws.s3"}, output)
found = machines.list_executions(stateMachineArn=machine)["executions"]
ok("one execution", len(found) == 1 and found[0]["status"] == "SUCCEEDED", found)

answer = events.put_events(
    Entries=[
        {"Source": "shop", "DetailType": "order", "Detail": '{"n": 1}'},
        {"Source": "aws.shop", "DetailType": "order", "Detail": "{}"},
    ]
)
ok("one entry fails", answer["FailedEntryCount"] == 1 and "EventId" in answer["Entries"][0], answer)
ok(
    "which",
    answer["Entries"][1]["ErrorCode"] == "NotAuthorizedForSourceException",
    answer,
)
names = [rule["Name"] for rule in events.list_rules()["Rules"]]
ok("rules", names == ["ended", "uploads"], names)
print("all")
