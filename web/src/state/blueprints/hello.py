def handler(event, context):
    name = event.get("name", "world")
    print(f"Request {context.aws_request_id}: {event}")
    return {"message": f"Hello, {name}!"}
