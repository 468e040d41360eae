namespace Stepwell.Samples.WaitingList;

public interface IShop
{
    /// <summary>The products that the supplier offers.</summary>
    Task<IReadOnlyList<Product>> ReadOffersAsync(CancellationToken cancellationToken);

    /// <summary>Adds a product, or replaces the one with the same SKU.</summary>
    Task UpsertAsync(Product product, CancellationToken cancellationToken);
}
