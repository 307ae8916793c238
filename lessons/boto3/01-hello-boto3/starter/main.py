import boto3

# Step 1: open a session, and print its Region

# Step 2: ask STS who you are

# Step 3: ask again in Frankfurt

# Step 4: print the names of your buckets
