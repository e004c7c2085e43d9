"""Wagtail's account page without what is kept elsewhere."""

from wagtail.admin.views import account


class AccountView(account.AccountView):
    """Notifications and theme of the CMS. Name, address, password and time zone are kept in one's own account."""

    elsewhere = (
        account.NameEmailSettingsPanel,
        account.AvatarSettingsPanel,
        account.LocaleSettingsPanel,
        account.ChangePasswordPanel,
    )

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, self.elsewhere)]
