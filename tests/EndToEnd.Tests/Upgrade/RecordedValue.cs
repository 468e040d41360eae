using System.Globalization;

namespace Stepwell.EndToEnd.Tests.Upgrade;

/// <summary>A property of a row, with its type: JSON alone does not tell a number of 32 bits from one of 64.</summary>
internal sealed record RecordedValue(string Type, string Text)
{
    public static RecordedValue Of(object value) => value switch
    {
        string text => new("string", text),
        int number => new("int", number.ToString(CultureInfo.InvariantCulture)),
        long number => new("long", number.ToString(CultureInfo.InvariantCulture)),
        bool flag => new("bool", flag ? "true" : "false"),
        DateTimeOffset time => new("time", time.ToString("O", CultureInfo.InvariantCulture)),
        byte[] bytes => new("bytes", Convert.ToBase64String(bytes)),
        BinaryData bytes => new("bytes", Convert.ToBase64String(bytes.ToArray())),
        _ => throw new InvalidDataException($"A row has a value of the type {value.GetType()}, which a recording does not know."),
    };

    public object Read() => Type switch
    {
        "string" => Text,
        "int" => int.Parse(Text, CultureInfo.InvariantCulture),
        "long" => long.Parse(Text, CultureInfo.InvariantCulture),
        "bool" => Text == "true",
        "time" => DateTimeOffset.Parse(Text, CultureInfo.InvariantCulture),
        "bytes" => Convert.FromBase64String(Text),
        _ => throw new InvalidDataException($"A recording has a value of the type {Type}, which nobody wrote."),
    };
}
