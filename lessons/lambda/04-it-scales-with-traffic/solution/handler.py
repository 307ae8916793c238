import time


def handler(event, context):
    time.sleep(event["seconds"])
    print("rung", event["from"], context.log_stream_name)
    return {"place": context.log_stream_name}
