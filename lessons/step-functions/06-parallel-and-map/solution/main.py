import json

from machines import deploy, run

arn = deploy("trip")

# Step 1: run it, and print what was booked
told = run(arn, {"to": "Rome", "people": ["Ada", "Bob", "Cem", "Dot"]}, "trip")
output = json.loads(told["output"])
print("booked:", output["booked"])

# Step 2: print how many tickets there are
print("tickets:", len(output["tickets"]), "and the first is a", output["tickets"][0])

# Step 3: print how long all of it took
print("in all:", round((told["stopDate"] - told["startDate"]).total_seconds()), "seconds")
