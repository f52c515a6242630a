"""What must hold over a whole: an order's amounts, its lines, a company and its contacts."""
