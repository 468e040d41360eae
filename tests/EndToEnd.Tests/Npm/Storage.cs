namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Where the executor keeps its state.</summary>
public enum Storage
{
    Embedded,
    Azurite,

    /// <summary>On Azurite too, with the executor as a function app.</summary>
    AzuriteByFunctions,
}
