namespace Stepwell.Storage.Tests.Azure;

/// <summary>Stands for the end of the process: nothing tries again.</summary>
internal sealed class CrashException() : Exception("The process died here.");
