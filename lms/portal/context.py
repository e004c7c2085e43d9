from django.conf import settings


def page(request) -> dict:
    """What every page's frame shows: the network's name, the way around, warnings for staff."""
    return {
        "network_name": settings.NETWORK_NAME,
        "program_name": settings.PROGRAM_NAME,
        "demo": settings.DEMO,
    }
