import zoneinfo

from django.utils import timezone


class TimeZoneMiddleware:
    """Times are shown in the viewer's zone unless a page says otherwise."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)
