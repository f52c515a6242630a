"""A simulated Shopify shop: the Admin GraphQL API with costs, throttling, search and bulk operations."""
