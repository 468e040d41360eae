using Microsoft.Extensions.DependencyInjection;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk;
using Stepwell.Sdk.Serving;

namespace Stepwell.Fuzz.Tests.World;

/// <summary>An app of the C# SDK, in development or with signing keys: steps one after the other and side by side, and a sleep.</summary>
internal sealed class SdkWorld
{
    public const string Key = "signkey-test-12345678abcdef00";
    public const string OldKey = "signkey-test-00fedcba87654321";

    private static readonly IServiceProvider s_services = new ServiceCollection().BuildServiceProvider();

    private readonly ServeHandler _handler;

    public SdkWorld(bool isDev)
    {
        // Nobody listens there.
        var nowhere = new Uri("http://127.0.0.1:1");
        var client = new StepwellClient("shop", isDev
            ? new StepwellOptions { IsDev = true, BaseUrl = nowhere }
            : new StepwellOptions { IsDev = false, BaseUrl = nowhere, EventKey = "event-key", SigningKey = Key, SigningKeyFallback = OldKey });
        client.CreateFunction(new FunctionOptions("order"), async (RunContext<Order> run, Step step) =>
        {
            var one = await step.RunAsync("one", () => run.Event.Data.Amount);
            var both = await Task.WhenAll(step.RunAsync("two", () => $"{one}"), step.RunAsync("three", () => run.RunId));
            await step.SleepAsync("pause", TimeSpan.FromHours(1));
            return both;
        });
        _handler = new ServeHandler(client, "test", Time, new KeptProblems());
    }

    public ImpatientTime Time { get; } = new();

    public static IReadOnlyList<SigningKey> Keys { get; } = [SigningKey.Parse(Key), SigningKey.Parse(OldKey)];

    public Task<ServeResponse> AskAsync(string method, byte[] body, Func<string, string?> query, Func<string, string?> header) =>
        _handler.HandleAsync(new ServeRequest(method, new Uri("http://shop.example/api/stepwell"), query, header, body, s_services), CancellationToken.None);

    /// <param name="Amount">A number.</param>
    [Event("shop/order")]
    internal sealed record Order(int Amount = 0);
}
