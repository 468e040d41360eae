using System.Text;
using System.Xml;

namespace Stepwell.Executor.Ports;

/// <summary>What every queue refuses, so that whatever is queued in memory can be queued in Azure as well.</summary>
public static class WorkQueueRules
{
    private const int MaxReceived = 32;

    private static readonly TimeSpan s_leastLease = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">The body is empty, too large, or holds what would not arrive as it was sent.</exception>
    public static void RequireBody(string body)
    {
        if (body.Length == 0)
            throw new ArgumentException("The message is empty, which a storage queue does not carry.", nameof(body));

        if (Encoding.UTF8.GetByteCount(body) is > IWorkQueue.MaxBodyBytes and var size)
            throw new ArgumentException($"The message has {size} bytes; the limit is {IWorkQueue.MaxBodyBytes}.", nameof(body));

        for (var i = 0; i < body.Length; i++)
        {
            if (i + 1 < body.Length && char.IsSurrogatePair(body[i], body[i + 1]))
                i++;
            else if (!IsCarried(body[i]))
                throw new ArgumentException($"The message holds U+{(int)body[i]:X4} at {i}, which a storage queue does not carry.", nameof(body));
        }
    }

    /// <exception cref="ArgumentException">The delay is out of range.</exception>
    public static void RequireDelay(TimeSpan delay) => RequireTime(delay, TimeSpan.Zero, nameof(delay));

    /// <exception cref="ArgumentException">One of them is out of range.</exception>
    public static void RequireReceivable(int max, TimeSpan lease)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxReceived);
        RequireLease(lease);
    }

    /// <exception cref="ArgumentException">The lease is out of range.</exception>
    public static void RequireLease(TimeSpan lease) => RequireTime(lease, s_leastLease, nameof(lease));

    /// <exception cref="ArgumentException">The lease is out of range.</exception>
    public static void RequireExtension(TimeSpan lease) => RequireTime(lease, TimeSpan.Zero, nameof(lease));

    /// <summary>Times of a queue are whole seconds.</summary>
    public static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    // Bodies travel inside XML, which has no place for most controls and makes a line feed of a carriage return.
    private static bool IsCarried(char c) => c != '\r' && XmlConvert.IsXmlChar(c);

    private static void RequireTime(TimeSpan time, TimeSpan least, string name)
    {
        if (time < least || time > IWorkQueue.MaxDelay)
            throw new ArgumentException($"{time} is out of range: {least} to {IWorkQueue.MaxDelay}.", name);
    }
}
