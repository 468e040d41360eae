using System.Collections.Immutable;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>All that is registered.</summary>
/// <param name="Apps">The apps.</param>
/// <param name="Paused">The functions that are paused, whether an app has them or not.</param>
public sealed record StoredApps(ImmutableArray<RegisteredApp> Apps, ImmutableHashSet<FunctionId> Paused);
