using System.Globalization;
using Microsoft.Extensions.Options;

namespace Stepwell.Samples.WaitingList;

public sealed class SqliteShop(IOptions<SampleSettings> settings, SampleDatabase database, Journal journal) : IShop
{
    public async Task<IReadOnlyList<Product>> ReadOffersAsync(CancellationToken cancellationToken) =>
        await CsvFile.ReadAsync<Product>(settings.Value.Products, cancellationToken);

    public async Task UpsertAsync(Product product, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            """
            INSERT INTO products (sku, name, price) VALUES ($1, $2, $3)
            ON CONFLICT (sku) DO UPDATE SET name = excluded.name, price = excluded.price
            """,
            [product.Sku, product.Name, product.Price.ToString(CultureInfo.InvariantCulture)],
            cancellationToken);
        await journal.WriteAsync("import-product", product.Sku, cancellationToken);
    }
}
