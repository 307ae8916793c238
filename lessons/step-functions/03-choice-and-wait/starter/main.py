import json

from machines import deploy, run

arn = deploy("greenhouse")

# Step 1: run it with 35, 4 and 21 degrees

# Step 2: run it with 40 degrees, and print how long it took

# Step 3: run it without degrees
