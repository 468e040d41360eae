using System.Diagnostics;
using System.Text.Json;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;
using Xunit.Abstractions;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Limits hold across executors that know of each other only by what is in storage.</summary>
[Collection(Alone.Name)]
public sealed class SharedLimitTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Runs = 1_000;
    private const int Limit = 2;

    // So many wait for a slot all the time. Many at once would measure how fast runs are created.
    private const int Backlog = 50;
    private const int AtOnce = 5;

    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Three_executors_together_keep_a_concurrency_limit_and_its_slots_busy()
    {
        var work = new CountedWork(s_work);
        var two = new FunctionOptions("two") { Triggers = [Trigger.On("limits/two")], Concurrency = [new(Limit)] };
        await using var executors = await ThreeExecutors.StartAsync(
            azurite, "limits", client => client.CreateFunction(two, async (RunContext<Nothing> _, Step step) => await step.RunAsync("work", work.DoAsync)), "limits-two");

        for (var sent = 0; sent < Runs; sent += AtOnce)
        {
            await work.UntilAsync(sent - Backlog);
            await executors.Client.SendManyAsync(Enumerable.Range(0, AtOnce).Select(_ => new Event("limits/two", JsonElement.Parse("{}"))));
        }

        await work.UntilAsync(Runs);
        output.WriteLine($"{Runs} runs in {work.Took.TotalSeconds:F1} s: {work.Busy / Limit / work.Took:P0} of what {Limit} slots allow, at most {work.Peak} at a time");
        Assert.Equal(Limit, work.Peak);
        Assert.InRange(work.Busy / Limit / work.Took, 0.8, 1);
    }

    /// <summary>Work that takes so long, counted while it is done.</summary>
    private sealed class CountedWork(TimeSpan length)
    {
        private readonly Lock _lock = new();
        private readonly long _began = Stopwatch.GetTimestamp();
        private TimeSpan? _first;
        private int _now;
        private int _done;
        private TaskCompletionSource _changed = NewSignal();

        public int Peak { get; private set; }

        /// <summary>The time that the work took, one after the other.</summary>
        public TimeSpan Busy { get; private set; }

        /// <summary>From the first begin to the last end.</summary>
        public TimeSpan Took { get; private set; }

        public async Task DoAsync()
        {
            var began = Stopwatch.GetTimestamp();
            lock (_lock)
            {
                _first ??= Stopwatch.GetElapsedTime(_began);
                Peak = Math.Max(Peak, ++_now);
            }

            await Task.Delay(length);
            lock (_lock)
            {
                _now--;
                _done++;
                Busy += Stopwatch.GetElapsedTime(began);
                Took = Stopwatch.GetElapsedTime(_began) - _first!.Value;
                _changed.SetResult();
                _changed = NewSignal();
            }
        }

        public async Task UntilAsync(int done)
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (_done >= done)
                        return;

                    changed = _changed.Task;
                }

                await changed.WaitAsync(TimeSpan.FromMinutes(1));
            }
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
