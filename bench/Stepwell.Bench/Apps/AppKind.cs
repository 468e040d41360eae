namespace Stepwell.Bench.Apps;

/// <summary>What the app is written with.</summary>
internal sealed record AppKind(string Id, string Name, Func<Uri, Reports, CancellationToken, Task<IAsyncDisposable>> StartAsync)
{
    public static IReadOnlyList<AppKind> All { get; } =
    [
        new("csharp", "C#", CSharpApp.StartAsync),
        new("typescript", "TypeScript", (executor, reports, cancellationToken) => TypeScriptApp.StartAsync(executor, reports, checkpoints: false, cancellationToken)),
        new("typescript-checkpoints", "TypeScript, checkpointing", (executor, reports, cancellationToken) => TypeScriptApp.StartAsync(executor, reports, checkpoints: true, cancellationToken)),
    ];
}
