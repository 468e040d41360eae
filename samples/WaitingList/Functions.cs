
namespace Stepwell.Samples.WaitingList;

public static class Functions
{
    public static readonly StepwellClient App = new("waiting-list", SampleJson.Default);

    // README: a function
    public static readonly IFunction<InviteUsers, InviteSummary> Invite = App.CreateFunction(
        new FunctionOptions("invite") { Name = "Invite the waiting list" },
        async (RunContext<InviteUsers> run, Step step, IWaitingList list, IInvites invites, IMailer mailer) =>
        {
            var (from, until) = run.Event.Data;
            var people = await step.RunAsync("fetch-waiting-list", ct => list.ReadAsync(from, until, ct));

            foreach (var person in people)
            {
                var code = await step.RunAsync("create-invite-code", ct => invites.CreateAsync(run.RunId, person.Email, ct));
                await step.RunAsync("send-invite-mail", ct => mailer.SendAsync(Letter.Invitation(run.RunId, person, code), ct));
            }

            return new InviteSummary(people.Count);
        });
    // README: end

    public static readonly IFunction<ImportProducts, ImportSummary> Import = App.CreateFunction(
        new FunctionOptions("import-products") { Name = "Import products" },
        async (RunContext<ImportProducts> run, Step step, IShop shop) =>
        {
            var products = await step.RunAsync("read-products", shop.ReadOffersAsync);
            await Task.WhenAll(products.Select(p => step.RunAsync($"import-{p.Sku}", ct => shop.UpsertAsync(p, ct))));
            return new ImportSummary(products.Count, products.Sum(p => p.Price));
        });
}
