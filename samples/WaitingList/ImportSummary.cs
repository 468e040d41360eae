namespace Stepwell.Samples.WaitingList;

public sealed record ImportSummary(int Imported, decimal Worth);
