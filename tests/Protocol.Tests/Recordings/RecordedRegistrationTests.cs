using System.Text.Json;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>Every registration that was recorded.</summary>
public class RecordedRegistrationTests
{
    public static TheoryData<string> Registrations => Recording.Named(exchange => exchange.IsRegistration);

    [Theory]
    [MemberData(nameof(Registrations))]
    public void A_registration_is_read_and_printed_as_recorded(string id)
    {
        var recorded = Recording.Find(id).Request;

        var printed = JsonSerializer.SerializeToUtf8Bytes(Read(id), ProtocolJson.Default.RegisterRequest);

        // Observations of the SDK about itself, which servers may ignore.
        var expected = JsonText.Members(recorded);
        expected.Remove("featureObservations");
        Assert.Equal(JsonText.Canonical(expected), JsonText.Canonical(printed));
    }

    [Theory]
    [MemberData(nameof(Registrations))]
    public void Every_function_has_a_composite_id_a_name_and_one_endpoint_that_names_it(string id)
    {
        var registration = Read(id);

        Assert.NotEmpty(registration.Functions!);
        Assert.All(registration.Functions!, function =>
        {
            Assert.StartsWith($"{registration.AppName}-", function.Id, StringComparison.Ordinal);
            Assert.True(FunctionId.TryParse(function.Id, out _));
            Assert.NotEqual("", function.Name);
            var (key, endpoint) = Assert.Single(function.Steps!);
            Assert.Equal("step", key);
            Assert.Equal("http", endpoint.Runtime!.Type);
            Assert.EndsWith($"?fnId={function.Id}&stepId=step", endpoint.Runtime.Url, StringComparison.Ordinal);
            Assert.InRange(endpoint.Retries?.Attempts ?? 0, 0, ProtocolLimits.MaxRetries);
        });
    }

    [Theory]
    [MemberData(nameof(Registrations))]
    public void The_answer_to_a_registration_is_read(string id)
    {
        var reply = Recording.Find(id).Answer.Deserialize(ProtocolJson.Default.RegisterReply)!;

        Assert.True(reply.Ok);
        Assert.Null(reply.Error);
    }

    [Theory]
    [MemberData(nameof(Registrations))]
    public void The_app_reports_the_result_to_whoever_asked_it_to_register(string id)
    {
        var file = id[..id.IndexOf('#', StringComparison.Ordinal)];
        var asked = Recording.All.First(exchange => exchange.Method == "PUT" && exchange.Id.StartsWith(file, StringComparison.Ordinal));

        Assert.Equal(JsonText.Canonical(asked.Answer), JsonText.Canonical(JsonSerializer.SerializeToUtf8Bytes(
            asked.Answer.Deserialize(ProtocolJson.Default.MessageReply)!, ProtocolJson.Default.MessageReply)));
    }

    private static RegisterRequest Read(string id) => Recording.Find(id).Request.Deserialize(ProtocolJson.Default.RegisterRequest)!;
}
