"""The people page of program staff: find, correct, invite again, give and end roles, end and open access."""

import functools
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lms.accounts import actions as accounts
from lms.accounts.models import NetworkRole, User
from lms.portal import actions
from lms.portal.forms import AddressForm, PersonForm, RoleForm
from lms.practices.access import admits
from lms.practices.models import Membership

A_PAGE = 25
EVENTS_SHOWN = 100


@admits("staff")
@require_safe
def people(request):
    """Everybody with an account, found by name or address."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:150]
    found = User.objects.order_by("name", "email").prefetch_related(
        Prefetch("network_roles", NetworkRole.objects.filter(ended_at=None)),
        Prefetch("memberships", Membership.objects.filter(ended_at=None).select_related("practice")),
    )
    if q:
        found = found.filter(Q(name__icontains=q) | Q(email__icontains=q))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/people.html", {"page": page, "q": q})


@admits("staff")
def add(request):
    """Invite a person: with a role in the network or in a practice."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_person(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, f"{person.name} has a place. Without an account yet, an invitation is on its way."
            )
            return redirect("portal:person", user=person.pk)
    return render(request, "portal/add_person.html", {"form": form}, status=422 if form.errors else 200)


@admits("staff")
@require_safe
def person(request, user: uuid.UUID):
    """One person: roles with their dates, invitations, what has happened. Opening a leader's is recorded."""
    return _page(request, get_object_or_404(User, pk=user))


def _page(request, found: User, form: AddressForm | None = None):
    actions.record_look(person=found, viewer=request.user)
    roles = list(found.network_roles.order_by("-started_at"))
    held = {row.role for row in roles if row.ended_at is None}
    context = {
        "person": found,
        "roles": roles,
        "memberships": found.memberships.select_related("practice").order_by("-started_at"),
        "invitation": found.invitations.filter(accepted_at=None).first(),
        "events": found.events.all()[:EVENTS_SHOWN],
        "address_form": form or AddressForm(initial={"email": found.email}),
        "role_form": RoleForm(held=held),
        "is_self": found.pk == request.user.pk,
    }
    return render(request, "portal/person.html", context, status=422 if form else 200)


def _changes(view: Callable[..., str]) -> Callable[..., HttpResponse]:
    """A POST that changes something about one person and comes back to their page with a sentence."""

    @admits("staff")
    @require_POST
    @functools.wraps(view)
    def changed(request, user: uuid.UUID, **kwargs):
        found = get_object_or_404(User, pk=user)
        try:
            messages.success(request, view(request, found, **kwargs))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("portal:person", user=found.pk)

    return changed


@admits("staff")
@require_POST
def address(request, user: uuid.UUID):
    """Correct an address; what was typed stays where it is refused."""
    found = get_object_or_404(User, pk=user)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            accounts.correct_address(user=found, email=form.cleaned_data["email"], by=request.user)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, f"Mail goes to {form.cleaned_data['email']} from now on.")
            return redirect("portal:person", user=found.pk)
    return _page(request, found, form)


@_changes
def invite_again(request, found: User) -> str:
    return actions.invite_again(user=found, by=request.user)


@_changes
def end_access(request, found: User) -> str:
    accounts.end_access(user=found, by=request.user)
    return f"Access of {found.name} has ended, and every session of theirs."


@_changes
def open_access(request, found: User) -> str:
    accounts.open_access(user=found, by=request.user)
    return f"{found.name} can sign in again."


@_changes
def grant_role(request, found: User) -> str:
    form = RoleForm(request.POST, held=set())
    if not form.is_valid():
        raise ValidationError("Choose one of the roles offered.")
    row = accounts.grant_network_role(user=found, role=form.cleaned_data["role"], by=request.user)
    return f"{found.name} holds the role {row.get_role_display()} now."


@_changes
def end_role(request, found: User, role: uuid.UUID) -> str:
    row = get_object_or_404(NetworkRole, pk=role, user=found)
    accounts.end_network_role(user=found, role=row.role, by=request.user)
    return f"The role {row.get_role_display()} has ended."


@_changes
def end_membership(request, found: User, membership: uuid.UUID) -> str:
    row = get_object_or_404(Membership.objects.select_related("practice"), pk=membership, user=found)
    actions.end_membership_by(membership=row, by=request.user)
    return f"{row.get_role_display()} in {row.practice.name} has ended."
