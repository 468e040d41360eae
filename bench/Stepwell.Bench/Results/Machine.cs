using System.Globalization;
using System.Runtime.InteropServices;

namespace Stepwell.Bench.Results;

/// <summary>Where it was measured, and how busy it was there with other things when the measuring began.</summary>
/// <param name="Processor">Its name, and how many of it there are for this program.</param>
/// <param name="MemoryGiB">The memory that there is for this program.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="LoadBefore">The average number of processes that wanted to run in the minute before; null where the system does not tell.</param>
internal sealed record Machine(string Processor, double MemoryGiB, string System, string Runtime, double? LoadBefore)
{
    public static Machine Describe() => new(
        $"{Environment.ProcessorCount} × {ProcessorName()}",
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Load());

    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {MemoryGiB} GiB, {System}, {Runtime}{(LoadBefore is { } load ? $"; load average before: {load}" : "")}");

    private static string ProcessorName() => (FirstLine("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString());

    private static double? Load() => FirstLine("/proc/loadavg", "") is { } line ? double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture) : null;

    private static string? FirstLine(string path, string start) =>
        File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) : null;
}
