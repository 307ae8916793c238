# Step 1: who am I?
aws sts get-caller-identity --query Account --output text

# Step 2: a bucket, and a file in it
aws s3 mb s3://{{notes}}
echo "Water the plants." > today.txt
aws s3 cp today.txt {{notes}}/today.txt

# Step 3: list it in two ways
aws s3 ls s3://{{notes}}
aws s3api list-objects-v2 --bucket {{notes}} --query "Contents[].Key" --output text

# Step 4: read it back
aws s3api get-object --bucket {{notes}} --key today.txt copy.txt
cat copy.txt

# Step 5: clean up
aws s3 rm s3://{{notes}}/today.txt
aws s3 rb s3://{{notes}}
