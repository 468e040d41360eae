using System.Security.Cryptography;
using System.Text;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Run ids follow from event and function, so that a repeated start is the same run.</summary>
public static class RunIds
{
    /// <param name="eventId">The sender's id of the event, or the server's.</param>
    /// <param name="function">The function.</param>
    /// <param name="number">0; 1 and on when the run of the number before is so old that the event counts as another.</param>
    public static RunId Of(string eventId, FunctionId function, int number)
    {
        // The lengths keep the parts apart: neither can be continued into the next.
        var text = $"{eventId.Length}:{eventId}|{function.Value.Length}:{function.Value}|{number}";
        return RunId.Parse(UlidText.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)));
    }
}
