using Stepwell.Sdk;

namespace Stepwell.Samples.DripCampaign;

/// <summary>Somebody has signed up.</summary>
/// <param name="Email">His address.</param>
/// <param name="Name">His name.</param>
/// <param name="Pause">The time between two mails, 3 days unless it says otherwise.</param>
[Event("account.created")]
public sealed record AccountCreated(string Email, string Name, TimeSpan? Pause = null);

/// <summary>Somebody has reserved a table.</summary>
/// <param name="Email">His address.</param>
/// <param name="Guests">For how many.</param>
/// <param name="At">For when.</param>
[Event("dinner.reserved")]
public sealed record DinnerReserved(string Email, int Guests, DateTimeOffset At);
