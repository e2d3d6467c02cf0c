using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The provider's page with its QR code, and the pretend phone that stands in for a real one.</summary>
internal sealed class SignInPage(PendingSignIn signIn, IEnumerable<Persona> personas, Persona chosen) : IResult
{
    private static readonly string Script = Html.Asset("signin.js");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var name = Html.Encode(signIn.Client.Name);
        var canApprove = signIn.CanBeApprovedBy(chosen);
        return Html.WriteAsync(
            httpContext,
            $"Sign in to {signIn.Client.Name}",
            $"""
            <main class="stage">
            <section class="card scan" aria-labelledby="title">
            <p class="brand"><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M5 1h10l5 9-5 9H5l-5-9z" fill="currentColor"/></svg> Authentiq Connect <span class="tag">Emulator</span></p>
            <h1 id="title">Sign in to {name}</h1>
            <p>Scan this code with Authentiq ID, or use the pretend phone beside it.</p>
            <div class="code" role="img" aria-label="QR code with the address of this sign-in">{QrCode.Svg(signIn.Address.AbsoluteUri)}</div>
            <p role="status">Waiting for your phone…</p>
            <form method="post"><button class="cancel" name="decision" value="deny">Cancel and return to {name}</button></form>
            </section>
            <section class="phone" aria-labelledby="phone">
            <h2 id="phone">Authentiq ID</h2>
            <nav aria-label="Who approves"><ul class="people">{string.Concat(personas.Select(Person))}</ul></nav>
            <form method="post">
            <input type="hidden" name="person" value="{Html.Encode(chosen.Id)}">
            <fieldset><legend>{name} asks for</legend><ul class="scopes">{string.Concat(signIn.Scopes.Where(scope => scope.Name != ScopeCatalog.OpenId).Select(Scope))}</ul></fieldset>
            {(canApprove ? "" : $"<p class=\"problem\">{Html.Encode(chosen.Name)} cannot share what is required, so cannot approve.</p>")}
            <div class="actions"><button class="deny" name="decision" value="deny">Deny</button><button class="approve" name="decision" value="approve"{(canApprove ? "" : " disabled")}>Approve</button></div>
            </form>
            </section>
            </main>
            """,
            Script);
    }

    private string Person(Persona persona) =>
        $"""<li><a href="?person={Uri.EscapeDataString(persona.Id)}"{(persona == chosen ? " aria-current=\"true\"" : "")}><span aria-hidden="true">{Html.Encode(persona.Name[..1])}</span>{Html.Encode(persona.Name)}</a></li>""";

    private string Scope(RequestedScope scope)
    {
        var id = "scope-" + Html.Encode(scope.Name);
        var canShare = ScopeCatalog.CanShare(chosen, scope);
        var isFixed = scope.Required || !canShare;
        var tags = (scope.Required ? "<span class=\"tag required\">Required</span>" : "<span class=\"tag\">Optional</span>") + (scope.Signed ? "<span class=\"tag verified\">Verified</span>" : "");
        var detail = canShare ? Values(scope) : ScopeCatalog.Has(chosen, scope.Name) ? "Not verified yet" : "Nothing to share";
        return $"""
            <li><input type="checkbox" id="{id}" name="scope" value="{Html.Encode(scope.Name)}"{(canShare ? " checked" : "")}{(isFixed ? " disabled" : "")}>
            <div><label for="{id}">{Html.Encode(ScopeCatalog.Label(scope.Name))}</label> {tags}<small>{Html.Encode(detail)}</small></div></li>
            """;
    }

    private string Values(RequestedScope scope) => scope.Name switch
    {
        "aq:push" => "A notification instead of a QR code next time",
        _ => string.Join(" · ", ScopeCatalog.ClaimsOf(scope.Name).Select(claim => Text(chosen.Claims.GetValueOrDefault(claim))).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(4)),
    };

    private static string Text(object? value) => value switch
    {
        string text => text,
        IReadOnlyDictionary<string, object> nested => Text(nested.GetValueOrDefault("formatted") ?? nested.GetValueOrDefault("locality") ?? nested.GetValueOrDefault("address")),
        _ => "",
    };
}
