"""The HubSpot connector: CRM objects v3 with a private app's token."""
