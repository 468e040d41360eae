using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Hosting;

/// <summary>Checks the settings and says all that is wrong with them at once, by the names that they have where they come from.</summary>
public sealed partial class SettingsReading(Func<Setting, IReadOnlyList<string>> values, Func<Setting, string> nameOf)
{
    private const int DefaultPort = 8288;
    private const int DefaultConcurrency = 250;
    private const int DefaultRetentionDays = 30;
    private const int MaxShards = 64;

    private readonly List<string> _problems = [];

    /// <summary>The settings; when <paramref name="problems"/> is not empty they are of no use.</summary>
    /// <param name="values">Gives the values of a setting; none when it is absent.</param>
    /// <param name="nameOf">Gives the name of a setting for what is wrong with it.</param>
    /// <param name="problems">What is wrong, a sentence each.</param>
    public static ExecutorSettings Read(Func<Setting, IReadOnlyList<string>> values, Func<Setting, string> nameOf, out IReadOnlyList<string> problems)
    {
        var reading = new SettingsReading(values, nameOf);
        problems = reading._problems;
        return reading.Read();
    }

    private ExecutorSettings Read()
    {
        var isDev = Flag(Setting.Dev);
        return new ExecutorSettings
        {
            IsDev = isDev,
            Host = Host(isDev),
            Port = Number(Setting.Port, 0, IPEndPoint.MaxPort, DefaultPort),
            EventKeys = EventKeys(isDev),
            SigningKeys = Keys(isDev),
            Storage = Storage(),
            Apps = Apps(),
            RetryInterval = One(Setting.RetryInterval) is null ? null : TimeSpan.FromSeconds(Number(Setting.RetryInterval, 0, 86_400, 0)),
            Retention = Number(Setting.RetentionDays, 0, 3_650, DefaultRetentionDays) is > 0 and var days ? TimeSpan.FromDays(days) : null,
            Concurrency = Number(Setting.Concurrency, 1, 1_000, DefaultConcurrency),
        };
    }

    private string Host(bool isDev)
    {
        var host = One(Setting.Host) ?? "127.0.0.1";
        var isLoopback = host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        if (isDev && !isLoopback)
            _problems.Add($"{nameOf(Setting.Host)} is '{host}': with {nameOf(Setting.Dev)}, which asks for no keys, the server listens on loopback only (127.0.0.1, ::1 or localhost).");
        else if (host != "localhost" && !IPAddress.TryParse(host, out _))
            _problems.Add($"{nameOf(Setting.Host)} is '{host}'; it must be an IP address or localhost.");

        return host;
    }

    private ImmutableArray<string> EventKeys(bool isDev)
    {
        var keys = values(Setting.EventKey).Where(key => !string.IsNullOrWhiteSpace(key)).ToImmutableArray();
        if (keys.IsEmpty && !isDev)
            _problems.Add($"{Missing(Setting.EventKey)}: without a key nobody can send events. For local work use {nameOf(Setting.Dev)}.");

        return keys;
    }

    private SigningKeys? Keys(bool isDev)
    {
        var primary = Key(Setting.SigningKey);
        var fallback = Key(Setting.SigningKeyFallback);
        if (One(Setting.SigningKey) is null && !isDev)
            _problems.Add($"{Missing(Setting.SigningKey)}: it signs calls and lets apps register. For local work use {nameOf(Setting.Dev)}.");

        return primary is null ? null : new SigningKeys(primary, fallback);
    }

    private SigningKey? Key(Setting setting)
    {
        if (One(setting) is not { } text)
            return null;

        try
        {
            return SigningKey.Parse(text);
        }
        catch (FormatException exception)
        {
            _problems.Add($"{nameOf(setting)} is no signing key. {exception.Message}");
            return null;
        }
    }

    private StorageSettings Storage()
    {
        var prefix = One(Setting.StoragePrefix) ?? "stepwell";
        if (!StorageName().IsMatch(prefix))
            _problems.Add($"{nameOf(Setting.StoragePrefix)} is '{prefix}'; it must be 3 to 20 lower-case letters and digits and begin with a letter, as names of tables, queues and containers do.");

        var shards = Number(Setting.Shards, 1, MaxShards, 1);
        switch (One(Setting.Storage), One(Setting.StorageAccount))
        {
            case ({ }, { }):
                _problems.Add($"{nameOf(Setting.Storage)} and {nameOf(Setting.StorageAccount)} are both given; give one.");
                return new StorageSettings.Embedded();
            case ({ } connection, null):
                // It may hold a key, so it is not shown.
                if (!StorageConnection.IsUsable(connection))
                    _problems.Add($"{nameOf(Setting.Storage)} is no connection string of a storage account; it looks like DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net, or is UseDevelopmentStorage=true.");

                return new StorageSettings.Connection(connection, prefix, shards);
            case (null, { } account):
                var found = Account().Match(account);
                if (!found.Success)
                    _problems.Add($"{nameOf(Setting.StorageAccount)} is '{account}'; it must be the name of a storage account, 3 to 24 lower-case letters and digits, or the URL of one of its services, such as https://NAME.table.core.windows.net.");

                var suffix = found.Groups["suffix"];
                return new StorageSettings.Account(found.Groups["name"].Value, suffix.Success ? suffix.Value : "core.windows.net", prefix, shards);
            default:
                return new StorageSettings.Embedded();
        }
    }

    private ImmutableArray<Uri> Apps()
    {
        var apps = ImmutableArray.CreateBuilder<Uri>();
        foreach (var text in values(Setting.App))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                apps.Add(url!);
            else
                _problems.Add($"{nameOf(Setting.App)} is '{text}'; it must be an absolute http or https URL.");
        }

        return apps.ToImmutable();
    }

    private int Number(Setting setting, int least, int most, int otherwise)
    {
        if (One(setting) is not { } text)
            return otherwise;

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        _problems.Add($"{nameOf(setting)} is '{text}'; it must be a whole number from {least} to {most}.");
        return otherwise;
    }

    private bool Flag(Setting setting)
    {
        switch (One(setting)?.ToUpperInvariant())
        {
            case null or "FALSE" or "0":
                return false;
            case "TRUE" or "1":
                return true;
            default:
                _problems.Add($"{setting.Variable} is '{One(setting)}'; it must be true or false.");
                return false;
        }
    }

    private string Missing(Setting setting) => nameOf(setting) == setting.Variable ? $"{setting.Variable} is missing" : $"{nameOf(setting)} is missing ({setting.Variable})";

    private string? One(Setting setting) => values(setting).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    [GeneratedRegex("^[a-z][a-z0-9]{2,19}$")]
    private static partial Regex StorageName();

    [GeneratedRegex(@"^(?<name>[a-z0-9]{3,24})$|^https://(?<name>[a-z0-9]{3,24})\.(table|queue|blob)\.(?<suffix>[a-z0-9-]+(\.[a-z0-9-]+)+)/?$")]
    private static partial Regex Account();
}
