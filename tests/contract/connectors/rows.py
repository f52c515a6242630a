"""What people type, one builder a kind in the world's neutral words, and when what arrived is what was typed."""

from decimal import Decimal

ADDRESS = {
    "address_street": "1 Mill Lane",
    "address_street2": "Floor 2",
    "address_city": "Reno",
    "address_region": "NV",
    "address_postal_code": "89501",
    "address_country": "US",
}
# By kind a column that anybody may edit, and a word of each row that must be in no reason and no message
EDITED = {"customer": "last_name", "company": "name", "product": "name", "order": "number"}
TELLING = {"customer": "ashton", "company": "millworks", "product": "lantern", "order": "so-77"}

# By kind the columns that can be empty everywhere: some platform has a status, a price and a currency of everything
OPTIONAL = {
    "customer": (
        *("first_name", "email", "phone", *ADDRESS),
        *("company_name", "company_id", "lifecycle", "tags", "marketing_consent"),
    ),
    "company": ("domain", "tax_id", "phone", *ADDRESS, "lifecycle"),
    "product": ("sku", "barcode", "description", "cost_amount", "cost_currency", "inventory"),
    "order": ("customer_id", "company_id", "lines"),
}


def a_customer(number, company_id=None):
    return {
        "first_name": "Ada",
        "last_name": f"Ashton{number}",
        "email": f"ada.ashton{number}@example.com",
        "phone": f"312555{number:04d}",
        **ADDRESS,
        "company_name": "Mill Co",
        "company_id": company_id,
        "lifecycle": "customer",
        "tags": ["vip"],
        "marketing_consent": "granted",
    }


def a_company(number):
    return {
        "name": f"Millworks {number}",
        "domain": f"millworks{number}.example",
        "tax_id": f"12-34{number:05d}",
        "phone": f"312555{number:04d}",
        **ADDRESS,
        "lifecycle": "prospect",
    }


def a_product(number):
    return {
        "sku": f"LANTERN-{number}",
        "barcode": f"40063813{number:05d}",
        "name": f"Lantern {number}",
        "description": "It gives light",
        "price_amount": "19.90",
        "price_currency": "USD",
        "cost_amount": "8.50",
        "cost_currency": "USD",
        "inventory": [{"location": "Main", "quantity": "5"}, {"location": "Bogotá", "quantity": "0"}],
    }


def an_order(number, customer_id=None, company_id=None, product_id=None):
    line = {"product_id": product_id, "sku": "LANTERN-0", "name": "Lantern", "quantity": "2", "amount": "39.80"}
    return {
        "number": f"SO-77{number}",
        "placed_on": "2026-11-20",
        "status": "fulfilled",
        "currency": "USD",
        "subtotal_amount": "39.80",
        "discount_amount": "4.80",
        "tax_amount": "7.00",
        "shipping_amount": "5.00",
        "total_amount": "47.00",
        "tax_included": False,
        "customer_id": customer_id,
        "company_id": company_id,
        "lines": [line],
    }


BUILDERS = {"customer": a_customer, "company": a_company, "product": a_product, "order": an_order}


def as_typed(column, arrived, typed, platform):
    """True when a column says what was typed: amounts by their value, rows in any order, a shop's own phone spelling."""
    if column.endswith("_amount"):
        return Decimal(arrived) == Decimal(typed)
    if column == "phone" and platform == "shopify":
        return arrived == f"+1{typed}"
    if column in ("lines", "inventory"):
        return _told(arrived) == _told(typed)
    return arrived == typed


def _told(rows):
    """A line's name is no part of it; numbers by their value."""
    numbers = ("quantity", "amount")
    return sorted(
        sorted((part, str(Decimal(said).normalize()) if part in numbers else said) for part, said in row.items())
        for row in ({part: said for part, said in one.items() if part != "name"} for one in rows)
    )
