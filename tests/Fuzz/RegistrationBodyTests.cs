using CsCheck;
using Stepwell.Executor.Invocation;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;

namespace Stepwell.Fuzz.Tests;

/// <summary>Whatever an app says of itself: it is registered, and events go to it, or it is refused with a sentence and what was there before stays.</summary>
public class RegistrationBodyTests
{
    [Fact]
    public async Task A_registration_is_taken_whole_or_refused_with_a_sentence()
    {
        var (taken, refused) = (0, 0);
        await Cases.CheckAsync(
            Bodies.Of(RegistrationGrammar.OutOfBand),
            async body =>
            {
                await using var world = new ExecutorWorld();
                await world.RegisterAsync();
                var before = (await world.AskAsync("GET", "/dev")).Text;

                var answer = await world.AskAsync("POST", "/fn/register", body);

                if (answer.IsDone())
                {
                    Interlocked.Increment(ref taken);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                    Assert.Matches("^(The body |url |appName |functions\\[)", answer.Error);
                    Assert.Equal(before, (await world.AskAsync("GET", "/dev")).Text);
                }

                await RequireGoesOnAsync(world);
            },
            body => Printable.Of(body));

        Assert.True(!Cases.AreMany || (taken > 100 && refused > 100), $"{taken} taken, {refused} refused");
    }

    [Fact]
    public async Task An_answer_to_a_sync_is_taken_whole_or_refused_with_a_reason() => await Cases.CheckAsync(
        Gen.Select(Bodies.Of(RegistrationGrammar.InBand), Gen.Frequency((8, Gen.Const(200)), (1, Gen.Int[100, 999])), Gen.OneOf("in_band", "out_of_band"), (body, status, kind) =>
            new HttpAnswer(status, [("x-inngest-sdk", "js:v4"), ("x-inngest-sync-kind", kind)], body)),
        async answer =>
        {
            await using var world = new ExecutorWorld();
            await world.RegisterAsync();
            world.Answer = () => answer;

            var problem = await world.Get<AppSync>().AskAsync(new Uri(ExecutorWorld.AppUrl), "dev", CancellationToken.None);

            Assert.NotEqual(" ", problem);
            await RequireGoesOnAsync(world);
        },
        answer => answer.Print());

    /// <summary>The registered functions can be listed, and events be sent.</summary>
    private static async Task RequireGoesOnAsync(ExecutorWorld world)
    {
        world.Answer = () => ExecutorWorld.Returned;
        Assert.Equal(200, (await world.AskAsync("GET", "/dev")).Status);
        Assert.True((await world.AskAsync("POST", "/e/key", """[{"name":"shop/order","data":{"customer":"u1","p":1}},{"name":"shop/paid"}]"""u8.ToArray())).IsDone());
        await world.WorkAsync(4);
        Assert.DoesNotContain(world.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }
}
