import json

from machines import deploy, run

arn = deploy("order")
order = {"customer": "Ada", "item": "tea", "price": 4, "count": 3}

# Step 1: run it with the order, and print the total

# Step 2: print the receipt

# Step 3: run the machine of paths.asl.json, and print the label
