using Microsoft.Extensions.Options;

namespace Stepwell.Samples.WaitingList;

/// <summary>Three mails with days between them, and nothing that runs meanwhile.</summary>
public sealed class DripCampaign(IMailer mailer, IOptions<SampleSettings> settings) : IStepFunction<AccountCreated, Nothing>
{
    public static FunctionOptions Options => new("drip")
    {
        Name = "Drip campaign",
        Triggers = [Trigger.On<AccountCreated>()],
    };

    public async Task<Nothing> RunAsync(RunContext<AccountCreated> run, Step step)
    {
        var pause = settings.Value.DripPause;
        await SendAsync("Welcome", "We are glad that you are here.");
        await step.SleepAsync("let-them-look-around", pause);
        await SendAsync("Did you know", "Your steps survive a restart.");
        await step.SleepAsync("let-them-try", pause);
        await SendAsync("How do you like it", "Just answer this mail.");
        return Nothing.Value;

        Task SendAsync(string subject, string text) => step.RunAsync(
            $"mail: {subject}",
            ct => mailer.SendAsync(new Letter(run.RunId, run.Event.Data.Email, subject, $"Dear {run.Event.Data.Name},\n\n{text}\n"), ct));
    }
}
