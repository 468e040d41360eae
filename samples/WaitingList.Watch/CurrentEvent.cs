using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>
/// The event whose run is being watched, kept in a file until the run has ended. Sending it again with the same seed is
/// the same event with the same run, so whoever is interrupted sends it again and sees the run go on.
/// </summary>
public sealed record CurrentEvent(string Seed, string Body)
{
    public static CurrentEvent? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), AnswersJson.Default.CurrentEvent) : null;

    public static CurrentEvent Create(string file, DateOnly from, DateOnly until, DateTimeOffset now)
    {
        var seed = string.Create(
            CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()},{Convert.ToBase64String(RandomNumberGenerator.GetBytes(10))}");
        var created = new CurrentEvent(seed, $$$"""{"name":"invite.users","data":{"from":"{{{from:O}}}T00:00:00Z","until":"{{{until:O}}}T00:00:00Z"}}""");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(created, AnswersJson.Default.CurrentEvent));
        File.Move(file + ".new", file, overwrite: true);
        return created;
    }
}
