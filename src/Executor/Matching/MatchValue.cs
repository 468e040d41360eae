using System.Collections.Immutable;
using System.Text.Json;

namespace Stepwell.Executor.Matching;

/// <summary>What an expression gives: a value of CEL, or the error that took its place.</summary>
public abstract record MatchValue
{
    private MatchValue()
    {
    }

    /// <summary>The name of the type in messages.</summary>
    internal abstract string Kind { get; }

    /// <summary>JSON's null, and every field that is not there.</summary>
    /// <param name="IsMissing">Whether there is nothing there rather than a null.</param>
    public sealed record Null(bool IsMissing) : MatchValue
    {
        public static readonly Null Instance = new(false);

        public static readonly Null Missing = new(true);

        internal override string Kind => "null";
    }

    public sealed record Bool(bool Value) : MatchValue
    {
        public static readonly Bool True = new(true);
        public static readonly Bool False = new(false);

        internal override string Kind => "bool";

        public static Bool Of(bool value) => value ? True : False;
    }

    /// <summary>A whole number written in the expression or made by it; numbers of JSON are doubles, as CEL has it.</summary>
    public sealed record IntNumber(long Value) : MatchValue
    {
        internal override string Kind => "int";
    }

    public sealed record UintNumber(ulong Value) : MatchValue
    {
        internal override string Kind => "uint";
    }

    public sealed record DoubleNumber(double Value) : MatchValue
    {
        internal override string Kind => "double";
    }

    public sealed record Text(string Value) : MatchValue
    {
        internal override string Kind => "string";
    }

    /// <summary>An instant, to 100 ns.</summary>
    public sealed record Timestamp(DateTimeOffset Value) : MatchValue
    {
        internal override string Kind => "timestamp";
    }

    /// <summary>A span of time, to 100 ns.</summary>
    public sealed record Duration(TimeSpan Value) : MatchValue
    {
        internal override string Kind => "duration";
    }

    public sealed record List(ImmutableArray<MatchValue> Items) : MatchValue
    {
        internal override string Kind => "list";
    }

    /// <summary>A map written in the expression; its keys are as <see cref="MapKey"/> makes them.</summary>
    public sealed record Map(ImmutableDictionary<MatchValue, MatchValue> Entries) : MatchValue
    {
        internal override string Kind => "map";
    }

    /// <summary>An object of JSON, read only as far as the expression goes into it.</summary>
    public sealed record JsonObject(JsonElement Json) : MatchValue
    {
        internal override string Kind => "map";
    }

    /// <summary>No value: the reason, for the author of the expression.</summary>
    public sealed record Error(string Reason) : MatchValue
    {
        internal override string Kind => "error";
    }
}
