import base64
import re

import boto3
from deploy import deploy

lam = boto3.client("lambda")


def report(answer):
    """Billed milliseconds and memory in MB, from the report that came with the answer."""
    log = base64.b64decode(answer["LogResult"]).decode()
    billed = re.search(r"Billed Duration: (\d+) ms", log)[1]
    memory = re.search(r"Memory Size: (\d+) MB", log)[1]
    return int(billed), int(memory)


deploy("report")

# Step 1: call it, and print what is billed
answer = lam.invoke(FunctionName="report", Payload="{}")
ms, mb = report(answer)
print("billed:", ms, "ms at", mb, "MB")
print("half a second:", ms >= 500)

# Step 2: give it 1,024 MB, wait, and call it again
lam.update_function_configuration(FunctionName="report", MemorySize=1024)
lam.get_waiter("function_updated_v2").wait(FunctionName="report")
answer = lam.invoke(FunctionName="report", LogType="Tail", Payload="{}")
ms, mb = report(answer)
print("billed:", ms, "ms at", mb, "MB")


# Step 3: the price of a million calls
def million(ms, mb):
    gb_seconds = 1_000_000 * (ms / 1000) * (mb / 1024)
    return gb_seconds * 0.0000166667 + 0.20


print(f"a million: ${million(100, 128):.2f}")
