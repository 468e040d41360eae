using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CsCheck;

namespace Stepwell.Fuzz.Tests;

/// <summary>Tries a property on many inputs. A failure says the smallest input that was found, and how to try that one alone again.</summary>
internal static partial class Cases
{
    private const int Usual = 2_000;

    // So long a case takes on no machine: it hangs. It is waited for on a thread of its own, so that the test ends nonetheless and names it.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(1);

    /// <summary>Of each property. <c>STEPWELL_FUZZ_CASES</c> is the number of all of them together.</summary>
    private static readonly long s_each = Environment.GetEnvironmentVariable("STEPWELL_FUZZ_CASES") is { Length: > 0 } all
        ? Math.Max(1, (long.Parse(all, CultureInfo.InvariantCulture) + Properties() - 1) / Properties())
        : Usual;

    /// <summary>Whether there are enough cases to expect the rare ones among them; not so when one is tried again.</summary>
    public static bool AreMany => s_each >= Usual;

    /// <param name="inputs">Makes the inputs.</param>
    /// <param name="property">Throws when it does not hold.</param>
    /// <param name="print">Shows an input in printable characters.</param>
    /// <param name="oneIn">How many times fewer cases are tried than of others, where each takes long.</param>
    /// <param name="file">The caller's file, which is named as its class is.</param>
    /// <param name="test">The caller.</param>
    public static Task CheckAsync<T>(
        Gen<T> inputs, Func<T, Task> property, Func<T, string> print, int oneIn = 1, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        CheckAsync(() => inputs.SampleAsync(input => Task.Run(() => property(input)).WaitAsync(s_hang), iter: Math.Max(1, s_each / oneIn), print: print), file, test);

    /// <inheritdoc cref="CheckAsync{T}(Gen{T}, Func{T, Task}, Func{T, string}, int, string, string)"/>
    public static Task CheckAsync<T>(
        Gen<T> inputs, Action<T> property, Func<T, string> print, int oneIn = 1, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        CheckAsync(() => Task.Run(() => inputs.Sample(property, iter: Math.Max(1, s_each / oneIn), print: print)), file, test);

    private static async Task CheckAsync(Func<Task> sample, string file, string test)
    {
        try
        {
            await sample();
        }
        catch (CsCheckException failure)
        {
            var seed = Seed().Match(failure.Message).Groups[1].Value;
            Assert.Fail($"""
                {failure.Message}
                {failure.InnerException}
                To try it alone again: CsCheck_Seed={seed} STEPWELL_FUZZ_CASES=1 dotnet test tests/Fuzz --filter FullyQualifiedName~{Path.GetFileNameWithoutExtension(file)}.{test}
                """);
        }
    }

    private static int Properties() => typeof(Cases).Assembly.GetTypes().Sum(type => type.GetMethods().Count(method => method.GetCustomAttribute<FactAttribute>() is not null));

    [GeneratedRegex("CsCheck_Seed=(\\S+)")]
    private static partial Regex Seed();
}
