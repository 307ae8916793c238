import json

from machines import deploy, run

arn = deploy("trip")

# Step 1: run it, and print what was booked

# Step 2: print how many tickets there are

# Step 3: print how long all of it took
