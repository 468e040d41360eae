namespace Stepwell.Samples.WaitingList;

public interface IMailer
{
    /// <summary>Sends a letter. The same letter sent again replaces the first.</summary>
    Task SendAsync(Letter letter, CancellationToken cancellationToken);
}
