import json

from machines import deploy, run

arn = deploy("greenhouse")

# Step 1: run it with 35, 4 and 21 degrees
for label, degrees in [("hot", 35), ("cold", 4), ("mild", 21)]:
    told = run(arn, {"degrees": degrees}, label)
    print(label, "->", json.loads(told["output"])["done"])

# Step 2: run it with 40 degrees, and print how long it took
told = run(arn, {"degrees": 40}, "airing")
print("took", round((told["stopDate"] - told["startDate"]).total_seconds()), "seconds")

# Step 3: run it without degrees
told = run(arn, {"humidity": 80}, "odd")
print("odd:", told["status"], told.get("error"))
