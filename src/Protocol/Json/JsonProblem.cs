using System.Text.Json;

namespace Stepwell.Protocol.Json;

/// <summary>What is wrong with JSON, for whoever sent it: the place, and no names of our types, which say nothing there.</summary>
public static class JsonProblem
{
    /// <summary>A sentence, to go on after a colon.</summary>
    public static string Of(JsonException exception)
    {
        if (!exception.Message.Contains("could not be converted", StringComparison.Ordinal))
            return exception.Message.EndsWith('.') ? exception.Message : $"{exception.Message}.";

        var place = exception.Path is { Length: > 2 } path ? $" at {path.TrimStart('$', '.')}" : "";
        return $"The value{place} is of another type than it must be.";
    }
}
