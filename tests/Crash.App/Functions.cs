namespace Stepwell.Crash.App;

/// <summary>A function of each shape.</summary>
public static class Functions
{
    // What breaks on the way counts as an attempt, and here much breaks.
    private const int Retries = 20;

    public static readonly StepwellClient App = new("crash", CrashJson.Default);

    public static readonly IFunction<Order, Outcome> Sequence = Create(Options(Shapes.Sequence), async (order, book, _) =>
    {
        var sum = 0;
        for (var i = 0; i < order.Numbers.Count; i++)
            sum += await book.WorkAsync($"double-{i}", order.Numbers[i] * 2);

        return sum;
    });

    public static readonly IFunction<Order, Outcome> Echo = Create(
        new FunctionOptions(Shapes.Echo) { Retries = Retries, Triggers = [Trigger.On(Shapes.EventOf(Shapes.Sequence))] },
        (order, book, _) => book.WorkAsync("count", order.Numbers.Count));

    public static readonly IFunction<Order, Outcome> Loop = Create(Options(Shapes.Loop), async (order, book, step) =>
    {
        var sum = 0;
        foreach (var number in order.Numbers)
        {
            sum += await book.WorkAsync("more", number + 1);
            if (number == order.Numbers[0])
                await step.SleepAsync("rest", Shortly(number));
        }

        return sum;
    });

    public static readonly IFunction<Order, Outcome> Parallel = Create(Options(Shapes.Parallel), async (order, book, _) =>
    {
        var squares = await Task.WhenAll(order.Numbers.Select((number, i) => book.WorkAsync($"square-{i}", number * number)));
        return await book.WorkAsync("total", squares.Sum());
    });

    public static readonly IFunction<Order, Outcome> Branches = Create(Options(Shapes.Branches), async (order, book, step) =>
    {
        var values = await Task.WhenAll(order.Numbers.Select(async (number, i) =>
        {
            var first = await book.WorkAsync($"first-{i}", number + 3);
            if (i == 1)
                await step.SleepAsync("rest", Shortly(number));

            return await book.WorkAsync($"second-{i}", first * 2);
        }));
        return values.Sum();
    });

    public static readonly IFunction<Order, Outcome> Race = Create(Options(Shapes.Race), async (order, book, _) =>
    {
        var winner = await Task.WhenAny(book.WorkAsync("left", order.Numbers[0]), book.WorkAsync("right", order.Numbers[0]));
        return await book.WorkAsync("after", await winner + 1);
    });

    public static readonly IFunction<Order, Outcome> Waiting = Create(Options(Shapes.Waiting), async (order, book, step) =>
    {
        var sum = await book.WorkAsync("sum", order.Numbers.Sum());
        var answer = step.WaitForEventAsync("answer", TimeSpan.FromHours(1), Match.Field<Answer>("key"));
        await Task.WhenAll(answer, step.SendEventAsync("ask", new Answer(order.Key, sum + 1)));
        return await book.WorkAsync("told", (await answer)!.Data.Value);
    });

    public static readonly IFunction<Order, Outcome> Silence = Create(Options(Shapes.Silence), async (order, book, step) =>
    {
        var sum = await book.WorkAsync("sum", order.Numbers.Sum());
        var answer = await step.WaitForEventAsync("answer", Shortly(order.Numbers[0]), Match.Field<Answer>("key"));
        return await book.WorkAsync("given-up", answer is null ? -sum : sum);
    });

    public static readonly IFunction<Order, Outcome> Child = Create(Options(Shapes.Child), async (order, book, _) =>
    {
        var first = await book.WorkAsync("first", order.Numbers[0]);
        return await book.WorkAsync("second", first * 3);
    });

    public static readonly IFunction<Order, Outcome> Parent = Create(Options(Shapes.Parent), async (order, book, step) =>
    {
        var children = await Task.WhenAll(order.Numbers.Select((number, i) => step.InvokeAsync($"child-{i}", Child, new Order($"{order.Key}/{i}", [number], order.Group))));
        return await book.WorkAsync("total", children.Sum(child => child.Value));
    });

    public static readonly IFunction<Order, Outcome> Retried = Create(Options(Shapes.Retried), async (order, book, _) =>
    {
        var sum = 0;
        for (var i = 0; i < order.Numbers.Count; i++)
            sum += await book.WorkAsync($"try-{i}", order.Numbers[i], failures: i % 3);

        return sum;
    });

    public static readonly IFunction<Order, Outcome> Caught = Create(Options(Shapes.Caught), async (order, book, _) =>
    {
        try
        {
            await book.FailAsync("bad", new NonRetriableException("meant to be caught"));
            return 0;
        }
        catch (StepFailedException)
        {
            return await book.WorkAsync("instead", order.Numbers.Sum() + 7);
        }
    });

    public static readonly IFunction<Order, Outcome> Failing = Create(Options(Shapes.Failing), async (order, book, _) =>
    {
        await book.WorkAsync("before", order.Numbers[0]);
        await book.FailAsync("bad", new NonRetriableException($"{order.Key} is meant to fail"));
        return 0;
    });

    public static readonly IFunction<Order, Outcome> Exhausted = Create(Options(Shapes.Exhausted) with { Retries = 2 }, async (order, book, _) =>
    {
        await book.FailAsync("bad", new InvalidOperationException($"{order.Key} is meant to fail"));
        return 0;
    });

    public static readonly IFunction<Order, Outcome> Limited = Create(
        Options(Shapes.Limited) with { Concurrency = [new Concurrency(2, "event.data.group")] },
        async (order, book, _) =>
        {
            var sum = 0;
            for (var i = 0; i < order.Numbers.Count; i++)
                sum += await book.WorkAsync($"add-{i}", order.Numbers[i] + 5);

            return sum;
        });

    public static readonly IFunction<Order, Outcome> Heavy = Create(Options(Shapes.Heavy), async (order, book, _) =>
        await book.CarryAsync("pack", order.Numbers[0]) + await book.CarryAsync("load", order.Numbers.Count));

    private static TimeSpan Shortly(int number) => TimeSpan.FromSeconds(1 + (number % 5));

    private static FunctionOptions Options(string shape) => new(shape) { Retries = Retries, Triggers = [Trigger.On(Shapes.EventOf(shape))] };

    private static IFunction<Order, Outcome> Create(FunctionOptions options, Func<Order, Bookkeeping, Step, Task<int>> body) => App.CreateFunction(
        options,
        async (RunContext<Order> run, Step step, CallLedger ledger) =>
        {
            var book = new Bookkeeping(options.Id, run, step, ledger);
            return book.Outcome(await body(run.Event.Data, book, step));
        });
}
