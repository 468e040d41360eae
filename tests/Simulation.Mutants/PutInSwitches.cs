using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Puts the switches of mutants.txt into copies of the sources that they change. Part of the build, not of the tests.</summary>
public sealed class PutInSwitches : Task
{
    [Required]
    public ITaskItem[] Originals { get; set; }

    [Required]
    public string Mutants { get; set; }

    [Required]
    public string To { get; set; }

    [Output]
    public ITaskItem[] Sources { get; set; }

    public override bool Execute()
    {
        var changed = new Dictionary<string, string>();
        string name = null, file = null, old = null;
        foreach (var line in File.ReadAllLines(Mutants))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;

            if (line.StartsWith("- "))
                old = old == null ? line.Substring(2) : old + "\n" + line.Substring(2);
            else if (line.StartsWith("+ "))
            {
                if (!changed.TryGetValue(file, out var text))
                    text = File.ReadAllText(file).Replace("\r\n", "\n");

                if (text.Split(new[] { old }, StringSplitOptions.None).Length != 2)
                {
                    Log.LogError("mutants.txt: {0} holds '{1}' not once, so that the mutant '{2}' has to be written anew.", file, old, name);
                    return false;
                }

                changed[file] = text.Replace(old, line.Substring(2).Replace("IsMutant", "Stepwell.Simulation.Mutants.Mutant.Is(\"" + name + "\")").Replace("\\n", "\n"));
                old = null;
            }
            else
            {
                var at = line.LastIndexOf(' ');
                name = line.Substring(0, at).Trim();
                file = Originals.Select(one => one.ItemSpec.Replace('\\', '/')).Single(one => one.EndsWith("/" + line.Substring(at + 1)));
            }
        }

        Directory.CreateDirectory(To);
        Sources = Originals.Select(one => one.ItemSpec.Replace('\\', '/')).Select(path => (ITaskItem)new TaskItem(changed.TryGetValue(path, out var text) ? Write(path, text) : path)).ToArray();
        return true;
    }

    private string Write(string path, string text)
    {
        var copy = Path.Combine(To, Path.GetFileName(path));
        if (!File.Exists(copy) || File.ReadAllText(copy) != text)
            File.WriteAllText(copy, text);

        return copy;
    }
}
