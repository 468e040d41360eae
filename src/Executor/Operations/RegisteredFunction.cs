using System.Collections.Immutable;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>A function as its app registered it last.</summary>
/// <param name="App">The app.</param>
/// <param name="Id">The composite id.</param>
/// <param name="Config">What the app said about it.</param>
/// <param name="Url">Where it is called: absolute http or https, with the query that names it.</param>
public sealed record RegisteredFunction(RegisteredApp App, FunctionId Id, FunctionConfig Config, Uri Url)
{
    /// <summary>What it asks for beside its code. It was checked when the app registered; should a newer executor read it otherwise, nothing is asked for.</summary>
    public FunctionSettings Settings { get; } = SettingsOf(Config);

    /// <summary>When it is started by the clock.</summary>
    public ImmutableArray<CronSchedule> Crons { get; } = CronsOf(Config);

    /// <summary>Whether what would start a run of it is skipped.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Attempts of each of its steps: retries + 1.</summary>
    public int MaxAttempts =>
        Math.Clamp(Config.Steps?.Values.FirstOrDefault()?.Retries?.Attempts ?? ProtocolLimits.DefaultRetries, 0, ProtocolLimits.MaxRetries) + 1;

    private static ImmutableArray<CronSchedule> CronsOf(FunctionConfig config)
    {
        try
        {
            return CronSchedule.ReadAll(config);
        }
        catch (SettingProblemException)
        {
            return [];
        }
    }

    private static FunctionSettings SettingsOf(FunctionConfig config)
    {
        try
        {
            return FunctionSettings.Read(config);
        }
        catch (SettingProblemException)
        {
            return FunctionSettings.None;
        }
    }
}
