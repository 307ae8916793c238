def handler(event, context):
    name = event["name"]
    return {"greeting": f"Hello, {name}!"}
