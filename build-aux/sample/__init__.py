"""The sample incident: story files and what turns them into evidence and ops."""
