using System.Collections.Frozen;
using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>All registered apps as they stood at one moment, with their functions found by id and by trigger.</summary>
public sealed class AppSnapshot
{
    private readonly FrozenDictionary<FunctionId, RegisteredFunction> _functions;
    private readonly FrozenDictionary<string, ImmutableArray<RegisteredFunction>> _triggered;

    public AppSnapshot(ImmutableArray<RegisteredApp> apps)
    {
        Apps = apps;
        var functions = new Dictionary<FunctionId, RegisteredFunction>();
        var triggered = new Dictionary<string, ImmutableArray<RegisteredFunction>>(StringComparer.Ordinal);
        foreach (var app in apps.OrderBy(app => app.RegisteredAt))
        {
            foreach (var config in app.Functions)
            {
                if (Read(app, config) is { } function)
                    functions[function.Id] = function;
            }
        }

        foreach (var function in functions.Values.OrderBy(function => function.Id.Value, StringComparer.Ordinal))
        {
            foreach (var name in (function.Config.Triggers ?? []).Select(trigger => trigger.Event).OfType<string>().Distinct(StringComparer.Ordinal))
                triggered[name] = triggered.GetValueOrDefault(name, []).Add(function);
        }

        _functions = functions.ToFrozenDictionary();
        _triggered = triggered.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ImmutableArray<RegisteredApp> Apps { get; }

    public IEnumerable<RegisteredFunction> Functions => _functions.Values;

    public RegisteredFunction? Find(FunctionId id) => _functions.GetValueOrDefault(id);

    /// <summary>The functions that an event of this name starts, each once: those that name it, and those whose wildcard covers it.</summary>
    public ImmutableArray<RegisteredFunction> TriggeredBy(string eventName)
    {
        var found = ImmutableArray.CreateBuilder<RegisteredFunction>();
        foreach (var pattern in EventPatterns.Covering(eventName))
        {
            if (_triggered.TryGetValue(pattern, out var functions))
                found.AddRange(functions.Where(function => !found.Contains(function)));
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
