using System.Collections.Frozen;
using System.Collections.Immutable;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>All registered apps as they stood at one moment, with their functions found by id and by trigger.</summary>
public sealed class AppSnapshot
{
    private readonly FrozenDictionary<FunctionId, RegisteredFunction> _functions;
    private readonly FrozenDictionary<string, ImmutableArray<EventTrigger>> _triggered;

    public AppSnapshot(StoredApps stored)
    {
        Apps = stored.Apps;
        var functions = new Dictionary<FunctionId, RegisteredFunction>();
        var triggered = new Dictionary<string, ImmutableArray<EventTrigger>>(StringComparer.Ordinal);
        foreach (var app in Apps.OrderBy(app => app.RegisteredAt))
        {
            foreach (var config in app.Functions)
            {
                if (Read(app, config) is { } function)
                    functions[function.Id] = function with { IsPaused = stored.Paused.Contains(function.Id) };
            }
        }

        foreach (var function in functions.Values.OrderBy(function => function.Id.Value, StringComparer.Ordinal))
        {
            foreach (var (name, condition) in (function.Config.Triggers ?? []).Where(trigger => trigger.Event is not null).Select(trigger => (trigger.Event!, trigger.Expression)).Distinct())
                triggered[name] = triggered.GetValueOrDefault(name, []).Add(new EventTrigger(function, condition));
        }

        _functions = functions.ToFrozenDictionary();
        _triggered = triggered.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ImmutableArray<RegisteredApp> Apps { get; }

    public IEnumerable<RegisteredFunction> Functions => _functions.Values;

    public RegisteredFunction? Find(FunctionId id) => _functions.GetValueOrDefault(id);

    /// <summary>The app that has archived a function, and since when, unless another app has it.</summary>
    public (RegisteredApp App, ArchivedFunction Function)? FindArchived(FunctionId id)
    {
        if (_functions.ContainsKey(id))
            return null;

        return Apps.SelectMany(app => app.Archived.Where(function => function.Id == id.Value).Select(function => ((RegisteredApp, ArchivedFunction)?)(app, function)))
            .FirstOrDefault();
    }

    /// <summary>Whether an event of this name starts anything.</summary>
    public bool IsTrigger(string eventName) => EventPatterns.Covering(eventName).Any(_triggered.ContainsKey);

    /// <summary>The functions that an event starts, each once: those that name it or whose wildcard covers it, where the trigger's condition holds.</summary>
    public ImmutableArray<RegisteredFunction> TriggeredBy(IncomingEvent happened, DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<RegisteredFunction>();
        var input = new Lazy<MatchInput>(() => MatchInput.OfEvent(happened.Json, now));
        foreach (var pattern in EventPatterns.Covering(happened.Name))
        {
            foreach (var trigger in _triggered.GetValueOrDefault(pattern, []))
            {
                if (!found.Contains(trigger.Function) && trigger.Holds(input))
                    found.Add(trigger.Function);
            }
        }

        return found.ToImmutable();
    }

    private static RegisteredFunction? Read(RegisteredApp app, FunctionConfig config)
    {
        var url = config.Steps?.Values.FirstOrDefault()?.Runtime?.Url;
        return FunctionId.TryParse(config.Id, out var id) && Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? new RegisteredFunction(app, id, config, uri)
            : null;
    }
}
