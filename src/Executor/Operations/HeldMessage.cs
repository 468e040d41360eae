namespace Stepwell.Executor.Operations;

/// <summary>A message that this process works on, hidden from others while its lease lasts.</summary>
internal abstract class HeldMessage
{
    /// <summary>Tells this handling of a message from all others of it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it was worked on before, so that an earlier holder may have died over it.</summary>
    public abstract bool IsRedelivery { get; }

    /// <summary>Whether it is the first handling of the first copy of a start, which owns the claim that was written with the run.</summary>
    public abstract bool IsFirst { get; }

    /// <summary>Whether somebody else has it by now, who may delete it at any time.</summary>
    public virtual bool IsLost => false;

    /// <summary>Keeps it hidden.</summary>
    public abstract Task KeepAsync();

    /// <summary>Gives it back: it comes again after a rest.</summary>
    public abstract Task PutOffAsync(TimeSpan rest);

    /// <summary>Deletes it: all that follows from it is durable and was sent.</summary>
    public abstract Task DeleteAsync();
}
