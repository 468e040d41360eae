namespace Stepwell.Testing.Azurite;

/// <summary>Where an Azurite listens.</summary>
/// <param name="Blobs">The port of its blobs; 0 takes a free one.</param>
/// <param name="Queues">The port of its queues; 0 takes a free one.</param>
/// <param name="Tables">The port of its tables; 0 takes a free one.</param>
public sealed record AzuritePorts(int Blobs, int Queues, int Tables)
{
    public static AzuritePorts Free { get; } = new(0, 0, 0);
}
