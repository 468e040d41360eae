namespace Stepwell.Samples.WaitingList;

public interface IWaitingList
{
    Task<IReadOnlyList<SignUp>> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}
