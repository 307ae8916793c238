import io
import json
import zipfile

import boto3

lam = boto3.client("lambda")

# Lambda takes code as a zip: this one holds handler.py as it is now
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w") as archive:
    archive.write("handler.py")
package = packed.getvalue()

# Step 1: make the function greet
try:
    lam.create_function(
        FunctionName="greet",
        Runtime="python3.13",
        Handler="handler.handler",
        Role="arn:aws:iam::{{account}}:role/greet",
        Code={"ZipFile": package},
    )
except lam.exceptions.ResourceConflictException:
    print("greet is there already")

# Step 2: wait until it is active, and print its state
lam.get_waiter("function_active_v2").wait(FunctionName="greet")
print("state:", lam.get_function_configuration(FunctionName="greet")["State"])

# Step 3: invoke it with a name, and print the answer
answer = lam.invoke(FunctionName="greet", Payload=json.dumps({"who": "Ada"}))
print(answer["StatusCode"], json.load(answer["Payload"]))

# Step 4: send new code, wait, and invoke it again
lam.update_function_code(FunctionName="greet", ZipFile=package)
lam.get_waiter("function_updated_v2").wait(FunctionName="greet")
answer = lam.invoke(FunctionName="greet", Payload=json.dumps({"name": "Grace"}))
print("letters:", json.load(answer["Payload"])["letters"])

# Step 5: delete it, and print how many functions are left
lam.delete_function(FunctionName="greet")
print("functions:", len(lam.list_functions()["Functions"]))
