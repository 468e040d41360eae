using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>What a table answers for a row that it has written.</summary>
internal sealed class WrittenAnswer : Response
{
    private const string ETagName = "ETag";
    private const string ETagValue = "W/\"datetime'2026-11-02T08%3A00%3A00.0000000Z'\"";

    public override int Status => 204;

    public override string ReasonPhrase => "No Content";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => name == ETagName;

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new HttpHeader(ETagName, ETagValue)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = name == ETagName ? ETagValue : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = name == ETagName ? [ETagValue] : null;
        return values is not null;
    }
}
