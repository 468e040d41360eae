namespace Stepwell.Protocol.Ops;

/// <summary>The names of ops on the wire.</summary>
public static class OpCode
{
    public const string Step = "Step";
    public const string StepRun = "StepRun";
    public const string StepPlanned = "StepPlanned";
    public const string StepError = "StepError";
    public const string StepFailed = "StepFailed";
    public const string StepNotFound = "StepNotFound";
    public const string Sleep = "Sleep";
    public const string WaitForEvent = "WaitForEvent";
    public const string WaitForSignal = "WaitForSignal";
    public const string InvokeFunction = "InvokeFunction";
    public const string AIGateway = "AIGateway";
    public const string Gateway = "Gateway";
    public const string RunComplete = "RunComplete";
    public const string SyncRunComplete = "SyncRunComplete";
    public const string DiscoveryRequest = "DiscoveryRequest";
    public const string DeferAdd = "DeferAdd";
    public const string DeferAbort = "DeferAbort";
    public const string None = "None";
}
