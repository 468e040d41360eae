using CsvHelper;

namespace Stepwell.Samples.WaitingList;

[CsvRecord]
public sealed partial record Product(
    [property: CsvColumn("sku")] string Sku,
    [property: CsvColumn("name")] string Name,
    [property: CsvColumn("price")] decimal Price);
