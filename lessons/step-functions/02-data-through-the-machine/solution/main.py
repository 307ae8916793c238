import json

from machines import deploy, run

arn = deploy("order")
order = {"customer": "Ada", "item": "tea", "price": 4, "count": 3}

# Step 1: run it with the order, and print the total
told = run(arn, order, "order")
output = json.loads(told["output"])
print("total:", output["total"])

# Step 2: print the receipt
print("receipt:", output["receipt"])

# Step 3: run the machine of paths.asl.json, and print the label
old = deploy("paths", "paths.asl.json")
told = run(old, order, "paths")
output = json.loads(told["output"])
print("label:", output["label"]["text"], "for", output["customer"])
