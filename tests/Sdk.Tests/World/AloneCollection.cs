namespace Stepwell.Sdk.Tests.World;

/// <summary>Tests that count what the whole process does run by themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "Alone";
}
