using Stepwell.Sdk;

namespace Stepwell.Samples.DripCampaign;

/// <summary>Confirms a reservation, and reminds of it two hours before.</summary>
public sealed class DinnerReminder(IMailer mailer) : IStepFunction<DinnerReserved, Nothing>
{
    private static readonly TimeSpan s_before = TimeSpan.FromHours(2);

    public static FunctionOptions Options => new("dinner-reminder")
    {
        Name = "Dinner reminder",
        Triggers = [Trigger.On<DinnerReserved>()],
    };

    public async Task<Nothing> RunAsync(RunContext<DinnerReserved> run, Step step)
    {
        var (email, guests, at) = run.Event.Data;
        await step.RunAsync("confirm", ct => mailer.SendAsync(email, $"A table for {guests} on {at:d MMMM} at {at:HH:mm}", ct));
        await step.SleepUntilAsync("two-hours-before", at - s_before);
        await step.RunAsync("remind", ct => mailer.SendAsync(email, $"See you at {at:HH:mm}", ct));
        return Nothing.Value;
    }
}
