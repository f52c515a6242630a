"""An order of a hundred dollars, with a discount, tax and shipping."""

AMOUNTS = {
    "number": "#1001",
    "currency": "USD",
    "subtotal_amount": "100.00",
    "discount_amount": "10.00",
    "tax_amount": "9.00",
    "shipping_amount": "5.00",
    "total_amount": "104.00",
}
