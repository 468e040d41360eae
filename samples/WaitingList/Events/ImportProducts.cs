namespace Stepwell.Samples.WaitingList;

[Event("products.import")]
public sealed record ImportProducts;
