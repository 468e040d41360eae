namespace Stepwell.Samples.WaitingList;

[Event("account.created")]
public sealed record AccountCreated(string Email, string Name);
