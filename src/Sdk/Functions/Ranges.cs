using System.Runtime.CompilerServices;
using Stepwell.Protocol;

namespace Stepwell.Sdk.Functions;

/// <summary>What the settings of functions may be.</summary>
internal static class Ranges
{
    public static TimeSpan Require(TimeSpan value, TimeSpan least, TimeSpan most, [CallerArgumentExpression(nameof(value))] string? name = null) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, most == TimeSpan.MaxValue ? $"It must be at least {TimeString.Format(least)}." : $"It must be {TimeString.Format(least)} to {TimeString.Format(most)}.");

    public static int Require(int value, int least, int most = int.MaxValue, [CallerArgumentExpression(nameof(value))] string? name = null) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, most == int.MaxValue ? $"It must be at least {least}." : $"It must be {least} to {most}.");
}
