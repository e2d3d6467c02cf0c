namespace Authentiq.Emulator;

/// <summary>The requested scopes with the values of one user, and the buttons to approve or deny.</summary>
internal sealed class ConsentForm(PendingSignIn signIn, Persona persona)
{
    private readonly bool _canApprove = signIn.CanBeApprovedBy(persona);

    public Html Render() => Html.Of($"""
        <form class="consent" method="post" action="{signIn.Address.AbsolutePath}">
          <input type="hidden" name="person" value="{persona.Id}">
          <fieldset>
            <legend>{signIn.Client.Name} requests</legend>
            <ul class="asks">{Html.Join(signIn.Scopes.Where(scope => scope.Name != ScopeCatalog.OpenId).Select(Row))}</ul>
          </fieldset>
          {Alert()}
          <div class="actions">
            <button class="danger" name="decision" value="deny">Deny</button>
            <button class="primary" name="decision" value="approve"{(_canApprove ? Html.Empty : new(" disabled"))}>Approve</button>
          </div>
        </form>
        """);

    private Html Row(RequestedScope scope)
    {
        var canShare = ScopeCatalog.CanShare(persona, scope);
        var isFixed = scope.Required || !canShare;
        return Html.Of($"""
            <li><label>
              <input type="checkbox" name="share" value="{scope.Name}"{(canShare ? new(" checked") : Html.Empty)}{(isFixed ? new(" disabled") : Html.Empty)}>
              <span class="what"><span class="head"><b>{ScopeCatalog.Label(scope.Name)}</b>{Tags(scope)}</span>
              {(canShare ? Html.Of($"<small>{ScopeText.Of(persona, scope.Name)}</small>") : Html.Of($"<small class=\"{(scope.Required ? "missing" : "absent")}\">{WhyNot(scope)}</small>"))}</span>
            </label></li>
            """);
    }

    private Html Tags(RequestedScope scope) => Html.Of($"""
        {(scope.Required ? new("<span class=\"tag required\">Required</span>") : new Html("<span class=\"tag\">Optional</span>"))}{Verification(scope)}
        """);

    private Html Verification(RequestedScope scope) => !scope.Signed
        ? Html.Empty
        : ScopeCatalog.CanShare(persona, scope)
        ? new("<span class=\"tag verified\">Verified</span>")
        : new("<span class=\"tag\">Must be verified</span>");

    private string WhyNot(RequestedScope scope) => ScopeCatalog.Has(persona, scope.Name)
        ? $"{ScopeText.Of(persona, scope.Name)} is not verified"
        : "Not on this Authentiq ID";

    private Html Alert() => _canApprove
        ? Html.Empty
        : Html.Of($"<p class=\"alert\" role=\"alert\">{persona.Name} cannot approve this sign-in: {signIn.Client.Name} requires {Missing()}.</p>");

    private string Missing() => string.Join(" and ", signIn.Scopes
        .Where(scope => scope.Required && !ScopeCatalog.CanShare(persona, scope))
        .Select(scope => ScopeCatalog.Label(scope.Name) + (scope.Signed ? " (verified)" : "")));
}
