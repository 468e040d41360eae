using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;

namespace Stepwell.Executor.Api;

/// <summary>Events as the API shows them: as they were sent, with the server's own id and time beside.</summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter writer, StoredEvent stored)
    {
        using var document = stored.Json.Parse();
        writer.WriteStartObject();
        writer.WriteString("internal_id", stored.InternalId);
        writer.WriteString("received_at", TimeString.Format(stored.ReceivedAt));
        foreach (var member in document.RootElement.EnumerateObject())
            member.WriteTo(writer);

        writer.WriteEndObject();
    }
}
