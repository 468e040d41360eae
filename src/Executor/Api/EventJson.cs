using System.Text;
using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;

namespace Stepwell.Executor.Api;

/// <summary>Events as the API shows them: as apps receive them, with the server's own id and time in front.</summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter writer, StoredEvent stored)
    {
        // The event is an object with members, and its bytes are passed on: a writer would not take every text that JSON can hold.
        var head = Encoding.UTF8.GetBytes($"{{\"internal_id\":\"{stored.InternalId}\",\"received_at\":\"{TimeString.Format(stored.ReceivedAt)}\",");
        writer.WriteRawValue([.. head, .. stored.Json.Utf8.Span[1..]], skipInputValidation: true);
    }
}
