"""Catalogs in and out: Open Referral HSDS, spreadsheets, our own YAML."""
