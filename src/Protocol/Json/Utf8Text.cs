using System.Text.Json;
using System.Text.Unicode;

namespace Stepwell.Protocol.Json;

/// <summary>What JSON must be written in. System.Text.Json looks at that only where it makes a string of it, and throws there what is no <see cref="JsonException"/>.</summary>
public static class Utf8Text
{
    /// <exception cref="JsonException">The bytes are not UTF-8.</exception>
    public static void Require(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            throw new JsonException("The text is not UTF-8.");
    }
}
