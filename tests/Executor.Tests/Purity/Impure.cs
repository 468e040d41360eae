namespace Stepwell.Executor.Tests.Purity;

/// <summary>What the guard of the pure folders must find.</summary>
internal static class Impure
{
    public static DateTimeOffset Clock() => DateTimeOffset.UtcNow;

    public static double Chance() => Random.Shared.NextDouble();

    public static string Id() => $"{Guid.NewGuid()}";

    public static string Disk() => File.ReadAllText("state");

    public static void Waiting() => Task.Delay(1).Wait();

    public static string? Setting() => Environment.GetEnvironmentVariable("SETTING");

    public static IEnumerable<DateTime> InALambda() => Enumerable.Range(0, 1).Select(_ => DateTime.Now);

    public static IEnumerable<Guid> InAnIterator()
    {
        yield return Guid.NewGuid();
    }

    public static async void Asynchronous() => await Asynchronously();

    public static DateTimeOffset Pure(DateTimeOffset now) => now + TimeSpan.FromSeconds(1);

    private static async Task Asynchronously() => await Task.CompletedTask;
}
