using System.Collections.Specialized;
using System.Net;
using System.Web;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>A request as the worker gives it to a function.</summary>
internal sealed class HostedRequest : HttpRequestData
{
    private readonly Stream _body;

    public HostedRequest(FunctionContext context, HttpRequest request, Uri url)
        : base(context)
    {
        (_body, Url, Method) = (request.Body, url, request.Method);
        Headers = new HttpHeadersCollection();
        foreach (var (name, values) in request.Headers)
            Headers.TryAddWithoutValidation(name, values.AsEnumerable());
    }

    public override Stream Body => _body;

    public override HttpHeadersCollection Headers { get; }

    public override Uri Url { get; }

    public override string Method { get; }

    public override NameValueCollection Query => HttpUtility.ParseQueryString(Url.Query);

    public override HttpResponseData CreateResponse() => new Response();

    private sealed class Response : HttpResponseData
    {
        public override HttpStatusCode StatusCode { get; set; }

        public override HttpHeadersCollection Headers { get; set; } = new();

        public override Stream Body { get; set; } = new MemoryStream();
    }
}
