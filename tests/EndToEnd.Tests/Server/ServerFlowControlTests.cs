namespace Stepwell.EndToEnd.Tests.Server;

public sealed class ServerFlowControlTests(FlowWorld world) : FlowControlTests(world), IClassFixture<FlowWorld>;
