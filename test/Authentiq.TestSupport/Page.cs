using System.Net;
using System.Net.Http.Headers;

namespace Authentiq.TestSupport;

/// <summary>What a browser shows after its last request.</summary>
public sealed record Page(Uri Url, HttpStatusCode Status, string Body, HttpResponseHeaders Headers);
