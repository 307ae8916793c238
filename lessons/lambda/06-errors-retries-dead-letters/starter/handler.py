def handler(event, context):
    order = event["order"]
    print("taking", order)
    if event.get("broken"):
        raise ValueError(f"order {order} is broken")
    return f"order {order} is taken"
