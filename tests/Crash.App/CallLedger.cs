namespace Stepwell.Crash.App;

/// <summary>The ledger for one call of a function.</summary>
public sealed class CallLedger(Ledger ledger, IHttpContextAccessor http)
{
    private const string RequestId = "x-request-id";

    private readonly string _call = http.HttpContext!.Request.Headers[RequestId].ToString();

    public void Write(LedgerMark mark, string function, Order order, string run, string step, string nonce) =>
        ledger.Write(new LedgerLine(mark, function, order.Key, run, step, nonce, _call, DateTimeOffset.UtcNow));
}
