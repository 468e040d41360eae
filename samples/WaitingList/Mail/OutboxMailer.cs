using Microsoft.Extensions.Options;
using MimeKit;

namespace Stepwell.Samples.WaitingList;

/// <summary>Puts every letter as an <c>.eml</c> file into the outbox folder.</summary>
public sealed class OutboxMailer(IOptions<SampleSettings> settings, Greylist greylist, Journal journal) : IMailer
{
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        await Task.Delay(settings.Value.MailLatency, cancellationToken);
        await greylist.AdmitAsync(letter.Sender, cancellationToken);

        // The name is the idempotency key, and a move is atomic: a mail that is sent again is still one whole mail.
        var file = Path.Combine(settings.Value.Outbox, FileName(letter));
        var unfinished = Path.Combine(settings.Value.Outbox, $".{Guid.NewGuid():N}.tmp");
        using (var message = Compose(letter))
            await message.WriteToAsync(unfinished, cancellationToken);
        File.Move(unfinished, file, overwrite: true);

        await journal.WriteAsync("send-mail", $"{letter.Sender}/{letter.To}/{letter.Subject}", cancellationToken);
    }

    private static MimeMessage Compose(Letter letter) => new(
        [new MailboxAddress("Waiting list", "invites@example.com")],
        [MailboxAddress.Parse(letter.To)],
        letter.Subject,
        new TextPart("plain") { Text = letter.Text });

    private static string FileName(Letter letter) =>
        string.Join(' ', letter.To, letter.Subject, letter.Sender)
            .Replace(Path.DirectorySeparatorChar, '-')
            .Replace(' ', '.') + ".eml";
}
