using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Invocation;

/// <summary>The URL of a call: the registered one with its query kept and <c>stepId</c> set.</summary>
public static class CallUrl
{
    public static Uri For(Uri registered, StepKey item)
    {
        var kept = registered.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != "stepId" && !part.StartsWith("stepId=", StringComparison.Ordinal));
        return new UriBuilder(registered) { Query = string.Join('&', kept.Append($"stepId={Uri.EscapeDataString(item.Value)}")) }.Uri;
    }
}
