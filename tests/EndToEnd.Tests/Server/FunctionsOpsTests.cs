namespace Stepwell.EndToEnd.Tests.Server;

public sealed class FunctionsOpsTests(OpsWorld.Functions world) : OpsTests(world), IClassFixture<OpsWorld.Functions>;
