"""From a path to what its document says: tables recognised, parts that stay unread, and texts in which there is no table."""
