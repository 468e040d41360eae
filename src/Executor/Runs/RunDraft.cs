using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>A decision while it is made: the run as it stands, and the hints so far.</summary>
internal sealed class RunDraft(Run run, Handling by, DateTimeOffset now)
{
    private readonly Run _before = run;
    private readonly List<Hint> _hints = [];
    private int? _calls;

    public Run Run { get; set; } = run;

    public Handling By { get; } = by;

    public DateTimeOffset Now { get; } = now;

    public void Put(Step step) => Run = Run with { Steps = Run.Steps.SetItem(step.Key, step) };

    /// <summary>Finds who makes the call of an item: this message as long as it has a hand free, otherwise the queue.</summary>
    public MessageId PlaceCall(StepKey item, DateTimeOffset due)
    {
        if (!CanWaitFor(due) || Calls >= By.ParallelCalls)
            return Send(item, due);

        _calls = Calls + 1;
        return By.Holder;
    }

    /// <summary>Leaves an item to the queue.</summary>
    public MessageId PlaceLater(StepKey item, DateTimeOffset due) => Send(item, due);

    /// <summary>Finds who watches the time of an item: this message if it is short, otherwise the queue.</summary>
    public MessageId PlaceTimer(StepKey item, DateTimeOffset due) => CanWaitFor(due) ? By.Holder : Send(item, due);

    /// <summary>Sends a message that holds no item.</summary>
    public void Send(Hint hint) => _hints.Add(hint);

    /// <summary>Marks the run as changed, so that its claims are written anew.</summary>
    public void Touch() => Run = Run with { };

    public Decision ToDecision()
    {
        if (ReferenceEquals(Run, _before) && _hints.Count == 0)
            return new Decision(_before, []);

        Run = Sweeping.Schedule(Claiming.Refresh(Run, By, Now), Now);
        return new Decision(Run, [.. _hints]);
    }

    private bool CanWaitFor(DateTimeOffset due) => By.GoesOn && due - Now <= By.Patience;

    private int Calls => _calls ??= Run.Steps.Values.Count(step => step.State is StepState.Planned planned && planned.Holder == By.Holder);

    private MessageId Send(StepKey item, DateTimeOffset due)
    {
        var last = _hints.Count - 1;
        if (last >= 0 && _hints[last].Due == due && _hints[last].Items.Length < Hint.MaxItems && _hints[last].Items[0] != StepKey.Deadline)
        {
            _hints[last] = _hints[last] with { Items = _hints[last].Items.Add(item) };
            return _hints[last].Id;
        }

        var id = MessageId.Numbered(Run.NextMessage);
        Run = Run with { NextMessage = Run.NextMessage + 1 };
        _hints.Add(new Hint(id, [item], due));
        return id;
    }
}
