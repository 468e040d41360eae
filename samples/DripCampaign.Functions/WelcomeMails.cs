using Stepwell.Sdk;

namespace Stepwell.Samples.DripCampaign;

/// <summary>Three mails with days between them, and nothing that runs meanwhile.</summary>
public sealed class WelcomeMails(IMailer mailer) : IStepFunction<AccountCreated, Nothing>
{
    public static FunctionOptions Options => new("welcome-mails")
    {
        Name = "Welcome mails",
        Triggers = [Trigger.On<AccountCreated>()],
    };

    public async Task<Nothing> RunAsync(RunContext<AccountCreated> run, Step step)
    {
        var pause = run.Event.Data.Pause ?? TimeSpan.FromDays(3);
        await SendAsync("Welcome");
        await step.SleepAsync("let-them-look-around", pause);
        await SendAsync("Did you know?");
        await step.SleepAsync("let-them-try", pause);
        await SendAsync("How do you like it?");
        return Nothing.Value;

        Task SendAsync(string subject) => step.RunAsync($"mail: {subject}", ct => mailer.SendAsync(run.Event.Data.Email, subject, ct));
    }
}
