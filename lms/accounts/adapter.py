from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """There is no open sign-up: an account begins with an invitation."""

    def is_open_for_signup(self, request):
        return False
