namespace Stepwell.Samples.WaitingList;

public interface IInvites
{
    /// <summary>Creates and stores an invite code. Asked again for the same run and person, it returns the code it has.</summary>
    Task<string> CreateAsync(string runId, string email, CancellationToken cancellationToken);
}
