using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>Reads a registration and checks it whole, before anything of it is stored.</summary>
public static class RegistrationReading
{
    private const int MaxAppIdLength = 255;

    /// <exception cref="RefusedException">Something is wrong; the message names the field and the value.</exception>
    public static RegisteredApp Check(RegisterRequest request, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(request.AppName))
            throw new RefusedException("appName is missing or empty; it is the id of the app.");

        if (request.AppName.Length > MaxAppIdLength)
            throw new RefusedException($"appName has {request.AppName.Length} characters; the limit is {MaxAppIdLength}.");

        UrlRule.Require("url", request.Url);
        var functions = request.Functions ?? [];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < functions.Count; i++)
        {
            var function = functions[i] ?? throw new RefusedException($"functions[{i}] is null; it must be an object.");
            FunctionRules.Check(i, function);
            if (!ids.Add(function.Id))
                throw new RefusedException($"functions[{i}].id is '{function.Id}', which another function of this app has too; ids must differ.");
        }

        // A JSON null fills a member whatever its type says.
        return new RegisteredApp(request.AppName, request.Url, request.Sdk ?? "", request.Framework, now, [.. functions]);
    }

    /// <exception cref="RefusedException">The body is no registration.</exception>
    public static RegisterRequest Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            Utf8Text.Require(body.Span);
            return JsonSerializer.Deserialize(body.Span, ProtocolJson.Default.RegisterRequest)
                ?? throw new RefusedException("The body is null; it must be a registration (an object).");
        }
        catch (JsonException exception)
        {
            var place = exception.Path is { Length: > 2 } path ? $" at {path.TrimStart('$', '.')}" : "";
            throw new RefusedException($"The body cannot be read as a registration{place}: {Reason(exception)}");
        }
    }

    /// <summary>Why; without the names of our types, which say nothing to a sender.</summary>
    private static string Reason(JsonException exception) => exception.Message.Contains("could not be converted", StringComparison.Ordinal)
        ? "the value there is of another type than it must be."
        : exception.Message;
}
