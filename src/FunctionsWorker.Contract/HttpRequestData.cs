using System.Collections.Specialized;

namespace Microsoft.Azure.Functions.Worker.Http;

public abstract class HttpRequestData(FunctionContext functionContext)
{
    public abstract Stream Body { get; }

    public abstract HttpHeadersCollection Headers { get; }

    public abstract Uri Url { get; }

    public abstract string Method { get; }

    public FunctionContext FunctionContext { get; } = functionContext;

    public abstract NameValueCollection Query { get; }

    public abstract HttpResponseData CreateResponse();
}
