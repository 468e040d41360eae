namespace Stepwell.Executor.Invocation;

/// <summary>What went wrong, for people.</summary>
internal static class Sentences
{
    /// <summary>The messages of an exception and of those inside it, each once.</summary>
    public static string Of(Exception exception)
    {
        var messages = new List<string>();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            // That it was cancelled says nothing; why does.
            if (inner is not OperationCanceledException && !messages.Exists(message => message.Contains(inner.Message, StringComparison.Ordinal)))
                messages.Add(inner.Message.TrimEnd('.'));
        }

        return string.Join(": ", messages) + ".";
    }
}
