"""What people write down - claims files, records files, claim flags - read under limits into evidence and records."""
