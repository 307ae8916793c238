def handler(event, context):
    return {"words": len(event["text"].split())}
