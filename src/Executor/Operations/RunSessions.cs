using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>The runs that are worked on in this process. A session lives as long as a message uses it.</summary>
public sealed class RunSessions(IRunStore runs, CommitEffects effects, TimeProvider time, EngineOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, (RunSession Session, int Users)> _open = [];

    /// <summary>Lets <paramref name="use"/> work on a run in the session that all share.</summary>
    public async Task WithAsync(RunId id, Func<RunSession, Task> use)
    {
        RunSession session;
        lock (_lock)
        {
            session = _open.TryGetValue(id, out var open) ? open.Session : new RunSession(id, runs, effects, time, options);
            _open[id] = (session, open.Users + 1);
        }

        try
        {
            await use(session);
        }
        finally
        {
            lock (_lock)
            {
                var users = _open[id].Users - 1;
                if (users == 0)
                    _open.Remove(id);
                else
                    _open[id] = (session, users);
            }
        }
    }
}
