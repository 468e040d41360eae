using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

/// <summary>Functions may await other things than steps.</summary>
public class OwnWorkTests
{
    [Fact]
    public async Task Work_on_the_thread_pool_is_waited_for()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var own = await Task.Run(() => 40);
            return await step.RunAsync("add", () => own + 2);
        });

        Assert.Equal("42", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_task_that_another_thread_completes_is_waited_for()
    {
        var gate = new TaskCompletionSource<int>();
        var waits = new TaskCompletionSource();
        var app = TestApp.Serving(async (_, step) =>
        {
            waits.TrySetResult();
            var own = await gate.Task;
            return await step.RunAsync("add", () => own + 2);
        });

        var answer = app.DiscoverAsync();
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(answer.IsCompleted);
        new Thread(() => gate.SetResult(40)).Start();

        Assert.Equal("StepRun add", (await answer).Reported);
    }

    [Fact]
    public async Task An_answer_over_a_socket_is_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = AnswerAsync(listener);
        var app = TestApp.Serving(async (_, step) =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
            using var reader = new StreamReader(client.GetStream());
            var line = await reader.ReadLineAsync();
            return await step.RunAsync("keep", () => line);
        });

        var answer = await app.DiscoverAsync();
        await served;

        Assert.Equal("StepRun keep", answer.Reported);
        Assert.Contains("\"data\":\"over the wire\"", answer.Body, StringComparison.Ordinal);

        static async Task AnswerAsync(TcpListener listener)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes("over the wire\n"));
        }
    }

    [Fact]
    public async Task A_function_may_end_on_another_thread()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var result = await step.RunAsync("first", () => 1).ConfigureAwait(false);
            return await Task.Run(() => result + 1).ConfigureAwait(false);
        });

        Assert.Equal("2", (await app.DiscoverAsync(Settled.With("first", 1))).Result());
    }

    [Fact]
    public async Task A_step_beside_unfinished_own_work_is_run_without_waiting_for_it()
    {
        var never = new TaskCompletionSource<int>();
        var app = TestApp.Serving((_, step) => Task.WhenAll(never.Task, step.RunAsync("beside", () => 1)));

        Assert.Equal("StepRun beside", (await app.DiscoverAsync()).Reported);
    }

    [Fact]
    public async Task Own_work_beside_steps_is_combined_with_them()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var results = await Task.WhenAll(Task.Run(() => 1), step.RunAsync("two", () => 2), Task.Run(async () =>
            {
                await Task.Yield();
                return 3;
            }));
            return results.Sum();
        });

        Assert.Equal("6", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task The_functions_code_never_runs_on_two_threads_at_once()
    {
        var inside = 0;
        var collisions = 0;
        var app = TestApp.Serving((_, step) => Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            await Task.Run(() => { });
            if (Interlocked.Increment(ref inside) > 1)
                Interlocked.Increment(ref collisions);

            Thread.SpinWait(1_000);
            Interlocked.Decrement(ref inside);
            return await step.RunAsync($"s{i}", () => i);
        })));

        var result = (await new TestRun(app).FinishAsync()).Result();

        Assert.Equal(Enumerable.Range(0, 50), JsonSerializer.Deserialize<int[]>(result)!);
        Assert.Equal(0, collisions);
    }
}
