"""How Shopify names things, and what it says went wrong."""


def gid(number, typename="Customer"):
    return f"gid://shopify/{typename}/{number}"


def number(identifier):
    return identifier.rpartition("/")[2]


def messages(payload):
    return [(error["field"], error["message"]) for error in payload["userErrors"]]


def codes(payload):
    return [(error["field"], error["code"]) for error in payload["userErrors"]]
