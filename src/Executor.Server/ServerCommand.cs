using System.CommandLine;
using Stepwell.Executor.Hosting;

namespace Stepwell.Executor.Server;

/// <summary>The command line. What it does not give is looked for in the environment, then in appsettings.json.</summary>
public static class ServerCommand
{
    public static RootCommand Create(Func<ExecutorSettings, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("Runs durable functions: takes events, calls apps, keeps the state in a storage account.");
        var options = new Dictionary<Setting, Option>();
        foreach (var setting in Setting.All)
        {
            Option option = setting switch
            {
                { Value: "" } => new Option<bool>(setting.Option) { Description = setting.Description },
                { Many: true } => new Option<string[]>(setting.Option) { Description = setting.Description, HelpName = setting.Value },
                _ => new Option<string>(setting.Option) { Description = setting.Description, HelpName = setting.Value },
            };
            options.Add(setting, option);
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .Build();
            var settings = SettingsReading.Read(Values, setting => setting.Option, out var problems);
            if (problems.Count == 0)
                return await run(settings, cancellationToken);

            foreach (var problem in problems)
                await Console.Error.WriteLineAsync(problem);

            return 1;

            IReadOnlyList<string> Values(Setting setting)
            {
                if (parsed.GetResult(options[setting]) is { Implicit: false } given)
                    return setting.Value.Length == 0 ? ["true"] : [.. given.Tokens.Select(token => token.Value)];

                if (Environment.GetEnvironmentVariable(setting.Variable) is { Length: > 0 } variable)
                    return setting.Many ? variable.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [variable];

                var section = configuration.GetSection(setting.Key);
                return section.Value is { } value ? [value] : [.. section.GetChildren().Select(child => child.Value).OfType<string>()];
            }
        });
        return command;
    }
}
