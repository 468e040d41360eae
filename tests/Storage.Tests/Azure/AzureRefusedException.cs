namespace Stepwell.Storage.Tests.Azure;

/// <summary>Azure would have refused the request.</summary>
internal sealed class AzureRefusedException(string problem) : Exception($"Azure would refuse this: {problem}.");
