using System.Diagnostics;
using System.Globalization;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>
/// A folder in which <c>./run</c> finds what it needs, with data of its own and the programs that are built already, so that a test neither builds nor
/// meets a <c>./run</c> of the user.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("stepwell-run-").FullName;

    public RunFolder()
    {
        foreach (var file in (string[])["run", "global.json", "package-lock.json"])
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(_root, file));

        // Older than what is installed: nothing is to be installed again.
        File.SetLastWriteTimeUtc(Path.Combine(_root, "package-lock.json"), DateTime.UnixEpoch);
        Directory.CreateSymbolicLink(Path.Combine(_root, "node_modules"), Path.Combine(Repository.Root, "node_modules"));
        LinkProgram("src/Executor.Server", "Stepwell.Executor.Server");
        LinkProgram("samples/WaitingList", "Stepwell.Samples.WaitingList");
        LinkProgram("samples/WaitingList.Watch", "Stepwell.Samples.WaitingList.Watch");
        File.Copy(Path.Combine(Repository.Root, "samples/WaitingList/appsettings.json"), Path.Combine(_root, "samples/WaitingList/appsettings.json"));
        var list = Path.Combine(_root, "samples/WaitingList/data/waiting-list.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(list)!);
        File.Copy(Path.Combine(Repository.Root, "samples/WaitingList/data/waiting-list.csv"), list);
        SignUps = list;

        // Builds nothing, and writes down what it starts: its process id stays that of the program.
        AddTool("dotnet", $"[ \"$1\" != build ] || exit 0\necho \"$$ $*\" >>'{Started}'\nPATH=${{PATH#*:}} exec dotnet \"$@\"");
    }

    public string SignUps { get; }

    private string Started => Path.Combine(_root, "started");

    private string Tools => Path.Combine(_root, "tools");

    public string[] Journal(string data) => File.ReadAllLines(Path.Combine(_root, data, "journal.log"));

    public string[] Mails(string data) => Directory.GetFiles(Path.Combine(_root, data, "outbox"), "*.eml");

    /// <summary>Puts a command in front of all others of its name.</summary>
    public void AddTool(string name, string script)
    {
        Directory.CreateDirectory(Tools);
        var path = Path.Combine(Tools, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public ServerProcess Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        var variables = environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        variables["PATH"] = $"{Tools}:{Environment.GetEnvironmentVariable("PATH")}";
        return ServerProcess.OfScript(Path.Combine(_root, "run"), arguments, variables);
    }

    /// <summary>The process of a program that was started here, the newest one.</summary>
    public Process Find(string program)
    {
        var line = File.ReadAllLines(Started).Last(line => line.Contains(program + ".dll", StringComparison.Ordinal));
        return Process.GetProcessById(int.Parse(line.Split(' ', 2)[0], CultureInfo.InvariantCulture));
    }

    /// <summary>How often a program was started here.</summary>
    public int Starts(string program) => File.ReadAllLines(Started).Count(line => line.Contains(program + ".dll", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void LinkProgram(string project, string assembly)
    {
        var bin = Directory.CreateDirectory(Path.Combine(_root, project, "bin/Debug")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(bin, "net10.0"), Path.GetDirectoryName(BuiltProgram.PathOf(project, assembly))!);
    }
}
