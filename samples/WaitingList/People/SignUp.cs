using CsvHelper;

namespace Stepwell.Samples.WaitingList;

[CsvRecord]
public sealed partial record SignUp(
    [property: CsvColumn("name")] string Name,
    [property: CsvColumn("email")] string Email,
    [property: CsvColumn("signed_up")] DateTimeOffset SignedUp);
