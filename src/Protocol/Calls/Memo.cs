using System.Text;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Calls;

/// <summary>A step's stored result, as it is sent along with a call.</summary>
public abstract record Memo
{
    private Memo() { }

    /// <summary>The step returned: <c>{"data":…}</c>.</summary>
    public sealed record Data(RawJson Value) : Memo;

    /// <summary>The step failed for good: <c>{"error":…}</c>.</summary>
    public sealed record Error(RawJson Failure) : Memo;

    /// <summary>The value stands for itself: <c>null</c> of a sleep or a timeout, the event of a wait, what a legacy step reported.</summary>
    public sealed record Bare(RawJson Value) : Memo;

    /// <summary>The memo of a sleep that is over.</summary>
    public static Memo Nothing { get; } = new Bare(RawJson.Null);

    /// <summary>The value without its wrapping.</summary>
    public RawJson Content => this switch
    {
        Data data => data.Value,
        Error error => error.Failure,
        Bare bare => bare.Value,
        _ => throw new InvalidOperationException("A memo is data, an error or bare."),
    };

    /// <summary>The memo as the JSON that calls carry.</summary>
    public RawJson ToWire() => this switch
    {
        Data data => Wrap("data", data.Value),
        Error error => Wrap("error", error.Failure),
        _ => Content,
    };

    private static RawJson Wrap(string key, RawJson value)
    {
        var head = Encoding.UTF8.GetBytes($"{{\"{key}\":");
        var wrapped = new byte[head.Length + value.Length + 1];
        head.CopyTo(wrapped, 0);
        value.Utf8.Span.CopyTo(wrapped.AsSpan(head.Length));
        wrapped[^1] = (byte)'}';
        return new RawJson(wrapped);
    }
}
