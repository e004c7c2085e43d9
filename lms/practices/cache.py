from django.db import connection


def practice_key(key: str, key_prefix: str, version: int) -> str:
    """The cache key, with the schema in it, so that one practice never reads another's value."""
    return f"{key_prefix}:{connection.schema_name}:{version}:{key}"
