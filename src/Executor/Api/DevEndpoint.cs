using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Api;

/// <summary>What SDKs ask to find out whether a development server is there: its version and the functions it knows.</summary>
public sealed class DevEndpoint(AppDirectory directory, ApiOptions options) : IEndpoint
{
    public string Method => "GET";

    public string Route => "/dev";

    // Outside development it tells of the apps, so it takes the key there.
    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var apps = await directory.CurrentAsync(cancellationToken);
        return ApiJson.Write(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version", typeof(DevEndpoint).Assembly.GetName().Version?.ToString(3));
            writer.WriteBoolean("isDev", options.IsDev);
            writer.WriteStartArray("functions");
            foreach (var function in apps.Functions.OrderBy(function => function.Id.Value, StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("id", function.Id.Value);
                writer.WriteString("slug", function.Id.Value);
                writer.WriteString("name", function.Config.Name);
                writer.WriteString("app", function.App.Id);
                writer.WriteString("url", function.Url.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
