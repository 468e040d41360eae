namespace Stepwell.Executor.Operations;

/// <summary>Triggers may end in <c>*</c> after <c>/</c> or <c>.</c>: <c>app/user.created</c> is covered by itself, <c>app/*</c> and <c>app/user.*</c>.</summary>
public static class EventPatterns
{
    /// <summary>All patterns that cover an event name, the name itself first.</summary>
    public static IEnumerable<string> Covering(string eventName)
    {
        yield return eventName;
        for (var i = 0; i < eventName.Length; i++)
        {
            if (eventName[i] is '/' or '.')
                yield return string.Concat(eventName.AsSpan(0, i + 1), "*");
        }
    }
}
