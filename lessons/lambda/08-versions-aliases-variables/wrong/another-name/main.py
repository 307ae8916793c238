import json

import boto3
from deploy import deploy

lam = boto3.client("lambda")


def ask(version=None):
    """What the function says to Ada: the latest, or the version of this number or name."""
    which = {} if version is None else {"Qualifier": version}
    answer = lam.invoke(FunctionName="host", Payload=json.dumps({"name": "Ada"}), **which)
    return json.load(answer["Payload"])


deploy("host")

# Step 1: set GREETING to Hello, wait, and ask
lam.update_function_configuration(
    FunctionName="host",
    Environment={"Variables": {"Greeting": "Hello"}},
)
lam.get_waiter("function_updated_v2").wait(FunctionName="host")
print("latest:", ask())

# Step 2: publish, change GREETING, and ask both
lam.publish_version(FunctionName="host")
lam.update_function_configuration(
    FunctionName="host",
    Environment={"Variables": {"GREETING": "Good evening"}},
)
lam.get_waiter("function_updated_v2").wait(FunctionName="host")
print("version 1:", ask("1"))
print("changed:", ask())

# Step 3: make the alias live, publish again, and turn it over
lam.create_alias(FunctionName="host", Name="live", FunctionVersion="1")
print("live:", ask("live"))
lam.publish_version(FunctionName="host")
lam.update_alias(FunctionName="host", Name="live", FunctionVersion="2")
print("live now:", ask("live"))
