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

# Step 2: wait until it is active, and print its state

# Step 3: invoke it with a name, and print the answer

# Step 4: send new code, wait, and invoke it again

# Step 5: delete it, and print how many functions are left
