namespace Stepwell.Samples.WaitingList;

public sealed record InviteSummary(int Invited);
