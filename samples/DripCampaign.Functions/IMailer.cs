namespace Stepwell.Samples.DripCampaign;

/// <summary>Sends mails.</summary>
public interface IMailer
{
    Task SendAsync(string to, string subject, CancellationToken cancellationToken);
}
