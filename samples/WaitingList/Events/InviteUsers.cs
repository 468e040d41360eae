namespace Stepwell.Samples.WaitingList;

/// <summary>Invite everybody who signed up in the period; <paramref name="Until"/> is the first moment outside it.</summary>
[Event("invite.users")]
public sealed record InviteUsers(DateTimeOffset From, DateTimeOffset Until);
