using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Stepwell.Executor.Storage.Azure;

/// <summary>The clients of one account, made once: they pool their connections.</summary>
internal sealed class StorageClients
{
    // More at a time gain nothing: a service that has all it can do answers some of them late, while here each waits for its turn.
    private const int MostConnections = 48;

    // As the client library's own: so often the address of a service is looked up anew.
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly HttpClientTransport s_transport = new(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = MostConnections,
        PooledConnectionLifetime = s_connectionLifetime,
    })
    {
        // Each request has one of its own.
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private readonly AzureStorageOptions _options;
    private readonly TableServiceClient _tables;
    private readonly QueueServiceClient _queues;
    private readonly QueueServiceClient _queuesWithoutRetries;
    private readonly BlobServiceClient _blobs;

    public StorageClients(AzureStorageOptions options)
    {
        options.Validate();
        _options = options;
        var tables = With(new TableClientOptions());
        var queues = With(Queues());
        var once = With(Queues());
        once.Retry.MaxRetries = 0;
        var blobs = With(new BlobClientOptions());
        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            _tables = Connect("tables", () => new TableServiceClient(options.ConnectionString, tables));
            _queues = Connect("queues", () => new QueueServiceClient(options.ConnectionString, queues));
            _queuesWithoutRetries = Connect("queues", () => new QueueServiceClient(options.ConnectionString, once));
            _blobs = Connect("blobs", () => new BlobServiceClient(options.ConnectionString, blobs));
            return;
        }

        var credential = options.Credential ?? new DefaultAzureCredential();
        _tables = new TableServiceClient(Endpoint("table"), credential, tables);
        _queues = new QueueServiceClient(Endpoint("queue"), credential, queues);
        _queuesWithoutRetries = new QueueServiceClient(Endpoint("queue"), credential, once);
        _blobs = new BlobServiceClient(Endpoint("blob"), credential, blobs);
    }

    public TableClient Table(string name) => _tables.GetTableClient(_options.Prefix + name);

    public QueueClient Queue(int shard) => _queues.GetQueueClient(QueueName(shard));

    /// <summary>A client that tries once: whoever uses it must know whether it was the first try.</summary>
    public QueueClient QueueOnce(int shard) => _queuesWithoutRetries.GetQueueClient(QueueName(shard));

    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient($"{_options.Prefix}-{name}");

    // What the client library throws differs from service to service, and may quote the string, which holds a key.
    private static T Connect<T>(string service, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception)
        {
            throw new ArgumentException(
                $"The ConnectionString cannot be used for {service}. It must be as the portal shows it: 'DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net', or 'UseDevelopmentStorage=true' for Azurite.");
        }
    }

    private string QueueName(int shard) => $"{_options.Prefix}-runs-{shard:00}";

    private Uri Endpoint(string service) => new($"https://{_options.AccountName}.{service}.{_options.EndpointSuffix}");

    // Bodies are text as they are: any other encoding, here or in another reader of the queue, would make every message unreadable.
    private static QueueClientOptions Queues() => new() { MessageEncoding = QueueMessageEncoding.None };

    private T With<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        options.Transport = s_transport;
        options.Diagnostics.IsLoggingEnabled = false;
        foreach (var policy in _options.Policies)
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);

        return options;
    }
}
