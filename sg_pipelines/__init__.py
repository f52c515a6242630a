"""sg_pipelines keeps a business's data right across HubSpot, Shopify and NetSuite: git for integration."""
