namespace Stepwell.Crash.Tests;

/// <summary>When an executor made a call, by the call's id.</summary>
internal static class CallTime
{
    public static DateTimeOffset Of(string call) => Ulid.Parse(call).Time;
}
