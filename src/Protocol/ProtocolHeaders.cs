namespace Stepwell.Protocol;

/// <summary>Names of the HTTP headers of the wire protocol, in lower case.</summary>
public static class ProtocolHeaders
{
    public const string Sdk = "x-inngest-sdk";
    public const string SdkHandled = "x-inngest-sdk-handled";
    public const string Framework = "x-inngest-framework";
    public const string Platform = "x-inngest-platform";
    public const string Environment = "x-inngest-env";
    public const string RequestVersion = "x-inngest-req-version";
    public const string NoRetry = "x-inngest-no-retry";
    public const string RetryAfter = "retry-after";
    public const string Signature = "x-inngest-signature";
    public const string ServerKind = "x-inngest-server-kind";
    public const string ExpectedServerKind = "x-inngest-expected-server-kind";
    public const string SyncKind = "x-inngest-sync-kind";
    public const string RunId = "x-run-id";
    public const string StepId = "x-inngest-step-id";
    public const string RequestId = "x-request-id";
    public const string GenerationId = "x-inngest-generation-id";
    public const string JobId = "x-inngest-job-id";
    public const string EventIdSeed = "x-inngest-event-id-seed";
}
