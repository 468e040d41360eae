using Stepwell.Bench.Core.Examples;
using Stepwell.Sdk;

namespace Stepwell.Bench.Core.Replay;

/// <summary>What starts the function.</summary>
[Event(ExampleEvents.Name)]
internal sealed record WaitingListOpened(string Kind, double Amount, Customer Customer);
