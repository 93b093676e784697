"""Files that people bring: read, bounded, looked over, kept, forgotten."""
