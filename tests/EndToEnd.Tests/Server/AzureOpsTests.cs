namespace Stepwell.EndToEnd.Tests.Server;

public sealed class AzureOpsTests(OpsWorld.Azure world) : OpsTests(world), IClassFixture<OpsWorld.Azure>;
