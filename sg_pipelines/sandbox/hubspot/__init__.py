"""A simulated HubSpot account: CRM objects over HTTP, with its paging, search, merges and limits."""
