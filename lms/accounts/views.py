"""Invitations, and what a person says about themselves."""

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts import actions, invitations
from lms.accounts.forms import AcceptForm, ProfileForm
from lms.accounts.models import Invitation, User
from lms.practices.access import admits

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def account_state(user: User) -> dict:
    return {"name": user.name, "credentials": user.credentials, "time_zone": user.time_zone}


@admits("anyone")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """Name as printed, credentials, time zone; ways to the password and to two-step sign-in."""
    form = ProfileForm(request.POST or None, initial=account_state(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Your account is saved.")
            return redirect("own_account:account")
    # The frame shows the person as stored, not as typed.
    return render(request, "account/own.html", {"form": form}, status=422 if form.errors else 200)


@admits("public")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token: str):
    """The link of an invitation. GET shows where it stands and changes nothing."""
    found = invitations.read(token)
    state = _state(request, found)
    if found is None or state not in ("open", "signed_in"):
        status = {"broken": 404, "expired": 410, "replaced": 410, "used": 410, "ended": 403}.get(state, 200)
        context = {"state": state, "token": token, "next": request.path}
        return render(request, "account/invitation_state.html", context, status=status)
    row, generation = found
    if state == "signed_in":
        if request.method == "POST":
            actions.accept_signed_in(invitation=row, generation=generation, user=request.user)
            return redirect(_landing(row))
        return render(request, "account/invitation_signed_in.html", {"invitation": row})
    form = AcceptForm(request.POST or None, initial=account_state(row.user))
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(invitation=row, generation=generation, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, "Welcome. Your account is ready.")
            return redirect(_landing(row))
    return render(
        request,
        "account/invitation.html",
        {"form": form, "invitation": row},
        status=422 if form.errors else 200,
    )


@admits("public")
@require_POST
def invitation_again(request, token: str):
    """Mail a fresh link to the address on file, once for each expired link. Says nothing about the address."""
    found = invitations.read(token)
    if _state(request, found) == "expired" and found is not None:
        actions.send_invitation_again(invitation=found[0])
    return redirect("own_account:invitation", token=token)


def _state(request, found: tuple[Invitation, int] | None) -> str:
    """Where a link stands, for whoever holds it."""
    if found is None:
        return "broken"
    row, generation = found
    if not row.user.is_active:
        return "ended"
    if row.accepted_at is not None:
        return "used"
    if row.generation != generation:
        return "replaced"
    if not row.is_open(generation):
        return "expired"
    if request.user.is_authenticated:
        return "signed_in" if request.user.pk == row.user_id else "somebody_else"
    return "has_account" if row.user.has_usable_password() else "open"


def _landing(row: Invitation) -> str:
    return row.leads_to if url_has_allowed_host_and_scheme(row.leads_to, allowed_hosts=None) else "/home/"
