"""The Shopify connector: Admin GraphQL, bulk operations for full pulls."""
