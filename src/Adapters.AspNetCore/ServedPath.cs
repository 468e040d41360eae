namespace Stepwell.AspNetCore;

/// <summary>The path at which the functions are served, once it is mapped.</summary>
internal sealed class ServedPath
{
    public string? Value { get; set; }
}
