namespace Stepwell.EndToEnd.Tests.Server;

public sealed class FunctionsFlowControlTests(FlowWorld.Functions world) : FlowControlTests(world), IClassFixture<FlowWorld.Functions>;
