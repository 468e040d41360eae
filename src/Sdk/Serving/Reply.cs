using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stepwell.Sdk.Serving;

/// <summary>An answer while it is made.</summary>
internal sealed class Reply(int status, ReadOnlyMemory<byte> body)
{
    public int Status { get; } = status;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public Dictionary<string, string> Headers { get; } = [];

    public static Reply Json<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public Reply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
