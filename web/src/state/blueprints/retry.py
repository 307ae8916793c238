def handler(event, context):
    amount = float(event["total"])  # fails where there is no number
    if amount < 0:
        raise ValueError(f"a total cannot be {amount}")
    return {"total": amount}
