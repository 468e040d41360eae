using System.Text.Json.Serialization;

namespace Stepwell.Samples.WaitingList;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InviteUsers))]
[JsonSerializable(typeof(InviteSummary))]
[JsonSerializable(typeof(IReadOnlyList<SignUp>))]
[JsonSerializable(typeof(ImportProducts))]
[JsonSerializable(typeof(ImportSummary))]
[JsonSerializable(typeof(IReadOnlyList<Product>))]
[JsonSerializable(typeof(AccountCreated))]
[JsonSerializable(typeof(string))]
public sealed partial class SampleJson : JsonSerializerContext;
