using Microsoft.Extensions.Configuration;

namespace Stepwell.Samples.DripCampaign;

/// <summary>Writes a line for each mail to a file, <c>mails.txt</c> unless the setting <c>MAILS</c> names another.</summary>
public sealed class FileMailer(IConfiguration settings) : IMailer
{
    public Task SendAsync(string to, string subject, CancellationToken cancellationToken) =>
        File.AppendAllTextAsync(settings["MAILS"] ?? "mails.txt", $"{to}: {subject}{Environment.NewLine}", cancellationToken);
}
