using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Stepwell.Executor.Functions;
using Stepwell.Executor.Hosting;
using Stepwell.Testing.Azurite;

namespace Stepwell.Functions.Tests;

/// <summary>What <c>infra</c> provisions is what the code needs, and no more.</summary>
public sealed partial class InfrastructureTests
{
    // Ids of built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> s_roles = new()
    {
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fac8"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
    };

    // Read by the Functions host, not by the executor.
    private static readonly string[] s_ofTheHost = ["AzureWebJobsDisableHomepage"];

    [Fact]
    public async Task The_app_has_the_roles_that_it_needs_and_no_other()
    {
        var template = await Bicep.CompileAsync("main.bicep");

        var assignments = All(template).Where(one => TypeOf(one) == "Microsoft.Authorization/roleAssignments").ToList();
        // One for each role on the storage account, and one on the vault.
        Assert.Equal(2, assignments.Count);
        Assert.All(assignments, one => Assert.Contains("principalId", one.GetProperty("properties").ToString(), StringComparison.Ordinal));
        Assert.Equal(s_roles.Keys.Order(), Guid().Matches(template.ToString()).Select(found => found.Value).Distinct().Order());
        Assert.Equal(["[variables('blobDataContributor')]", "[variables('queueDataContributor')]", "[variables('tableDataContributor')]"],
            template.GetProperty("variables").GetProperty("storageRoles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task The_storage_account_takes_no_shared_keys_and_nothing_older_than_tls_1_2()
    {
        var account = Assert.Single(All(await Bicep.CompileAsync("main.bicep")), one => TypeOf(one) == "Microsoft.Storage/storageAccounts").GetProperty("properties");

        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(account.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
    }

    [Fact]
    public async Task The_executor_gets_the_settings_that_its_code_reads_and_no_others()
    {
        var executor = All(await Bicep.CompileAsync("main.bicep")).Single(one => TypeOf(one) == "Microsoft.Resources/deployments" && one.GetProperty("name").GetString() == "executor");
        var written = SettingName().Matches(executor.GetProperty("properties").GetProperty("parameters").GetProperty("settings").ToString()).Select(found => found.Groups[1].Value).ToList();

        string[] read = [Setting.EventKey.Variable, Setting.SigningKey.Variable, Setting.SigningKeyFallback.Variable, Setting.StoragePrefix.Variable];
        Assert.Equal(read.Concat(s_ofTheHost).Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_setting_that_a_trigger_names_is_written()
    {
        var template = (await Bicep.CompileAsync("main.bicep")).ToString();
        var names =
            from method in typeof(ExecutorFunctions).GetMethods()
            from parameter in method.GetParameters()
            from trigger in parameter.GetCustomAttributes<QueueTriggerAttribute>()
            select trigger.QueueName;

        Assert.Equal(["%STEPWELL_STORAGE_PREFIX%-runs-00", "%STEPWELL_STORAGE_PREFIX%-runs-00-poison"], names.Order(StringComparer.Ordinal));
        Assert.Contains("STEPWELL_STORAGE_PREFIX", template, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parameters_fit()
    {
        var (code, output, problems) = await Bicep.RunAsync("build-params", Path.Combine(Repository.Root, "infra", "main.bicepparam"), "--stdout");
        Assert.True(code == 0 && problems.Length == 0, problems);
        Assert.Contains("signkey-prod-0123456789abcdef", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_mistake_is_not_compiled()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("stepwell-bicep-").FullName, "wrong.bicep");
        await File.WriteAllTextAsync(file, "param unused string\n");

        var (_, _, problems) = await Bicep.RunAsync("build", file, "--stdout");

        Assert.Contains("no-unused-params", problems, StringComparison.Ordinal);
    }

    /// <summary>The resources, also those of modules.</summary>
    private static IEnumerable<JsonElement> All(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        IEnumerable<JsonElement> own = resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(one => one.Value);
        foreach (var resource in own)
        {
            yield return resource;
            // Both apps are made by the same module.
            if (TypeOf(resource) != "Microsoft.Resources/deployments" || resource.GetProperty("name").GetString() != "executor")
                continue;

            foreach (var inner in All(resource.GetProperty("properties").GetProperty("template")))
                yield return inner;
        }
    }

    private static string? TypeOf(JsonElement resource) => resource.GetProperty("type").GetString();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex(@"'(STEPWELL_[A-Z_]+|AzureWebJobs\w+)'")]
    private static partial Regex SettingName();
}
