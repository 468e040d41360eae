using System.Collections.Immutable;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Ports;

/// <summary>An app as it registered last.</summary>
/// <param name="Id">The app id, 1 to 255 characters, any Unicode.</param>
/// <param name="Url">Its serve endpoint, absolute http or https.</param>
/// <param name="Sdk">Language and version.</param>
/// <param name="Framework">The framework it runs in, if it said so.</param>
/// <param name="RegisteredAt">When it registered.</param>
/// <param name="Functions">Its functions.</param>
public sealed record RegisteredApp(
    string Id,
    string Url,
    string Sdk,
    string? Framework,
    DateTimeOffset RegisteredAt,
    ImmutableArray<FunctionConfig> Functions)
{
    /// <summary>The functions that it once had and has no more.</summary>
    public ImmutableArray<ArchivedFunction> Archived { get; init; } = [];
}
