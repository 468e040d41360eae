using Stepwell.Executor.Ports;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>An app's row.</summary>
internal sealed record AppRecord
{
    public string Id { get; init; } = "";

    public string Url { get; init; } = "";

    public string Sdk { get; init; } = "";

    public string? Framework { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    public List<ArchivedFunction> Archived { get; init; } = [];

    public List<FunctionConfig> Functions { get; init; } = [];
}
