namespace Stepwell.EndToEnd.Tests.Server;

public sealed class EmbeddedOpsTests(OpsWorld.Embedded world) : OpsTests(world), IClassFixture<OpsWorld.Embedded>;
