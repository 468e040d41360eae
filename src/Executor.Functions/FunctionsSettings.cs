using Microsoft.Extensions.Configuration;
using Stepwell.Executor.Hosting;

namespace Stepwell.Executor.Functions;

/// <summary>The executor's settings from those of the function app. Where its state is kept is told by <c>AzureWebJobsStorage</c>, as it is to the triggers.</summary>
internal static class FunctionsSettings
{
    private const string Storage = "AzureWebJobsStorage";

    private static readonly string[] s_accountKeys = ["accountName", "tableServiceUri", "queueServiceUri", "blobServiceUri"];

    /// <exception cref="InvalidOperationException">Settings are missing or wrong; the message says which, all at once.</exception>
    public static ExecutorSettings Read(IConfiguration configuration, HostJson host)
    {
        var settings = SettingsReading.Read(Values, NameOf, out var found);
        var problems = found.ToList();
        if (Values(Setting.Storage).Count + Values(Setting.StorageAccount).Count == 0)
            problems.Add($"{Storage} is missing: it is a connection string, or {Storage}__accountName with the app's identity.");
        if (One(Setting.StoragePrefix.Variable) is null)
            problems.Add($"{Setting.StoragePrefix.Variable} is missing: the names of tables, queues and containers begin with it, usually 'stepwell'.");
        if (host.Encoding != "none")
            problems.Add($"extensions.queues.messageEncoding of host.json is '{host.Encoding}'; it must be 'none', or the host takes every message for poisonous.");
        if (host.Timeout < TimeSpan.FromMinutes(1))
            problems.Add($"functionTimeout of host.json is {host.Timeout}; it must be a minute at least.");
        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));

        return settings.Storage is StorageSettings.Account account ? settings with { Storage = account with { ClientId = One($"{Storage}:clientId") } } : settings;

        static string NameOf(Setting setting) =>
            setting == Setting.Storage ? Storage : setting == Setting.StorageAccount ? $"{Storage}__{string.Join('/', s_accountKeys)}" : setting.Variable;

        IReadOnlyList<string> Values(Setting setting)
        {
            var value = setting == Setting.Storage ? One(Storage)
                : setting == Setting.StorageAccount ? s_accountKeys.Select(key => One($"{Storage}:{key}")).FirstOrDefault(text => text is not null)
                : One(setting.Variable);
            if (value is null)
                return [];

            return setting.Many ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [value];
        }

        string? One(string key) => configuration[key] is { Length: > 0 } value ? value : null;
    }
}
