using System.Reflection;
using Xunit.Sdk;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>
/// A row for each storage and each of the clients: all of <see cref="NpmClient.All"/>, or those named. For the executor as a function app, one of each SDK.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForEachClientAttribute(params string[] clients) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from storage in Enum.GetValues<Storage>()
        from client in clients is [] ? NpmClient.All.Select(client => client.Id) : clients
        where storage != Storage.AzuriteByFunctions || client == NpmClient.V3.Id || client == NpmClient.V4Checkpoints.Id
        select new object[] { storage, client };
}
