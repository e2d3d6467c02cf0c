using System.Text.Json.Nodes;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class KeyConformance(Stages stages) : IClassFixture<Stages>
{
    private const string Core = "OIDC Core 10.1";

    internal static Topic Topic { get; } = new("Signing keys", "Selection of the provider's keys, and the behavior when they change or are unavailable. HS256 does not use them.")
    {
        Rows =
        [
            new("rotation", Core + ".1; oidcc-client-test-signing-key-rotation; M17", "the provider has rotated its keys since the last sign-in", "all sign-ins succeed")
            {
                On = Rs256(),
                Do = scene => AfterRotationsAsync(scene, 1),
                Ends = new SignedIn(),
                Twin = "unknown-key",
            },
            new("rotation-twice", Core + ".1; oidcc-client-test-signing-key-rotation-just-before-signing; M17", "the provider rotates its keys twice", "all sign-ins succeed")
            {
                On = Rs256(),
                Do = scene => AfterRotationsAsync(scene, 2),
                Ends = new SignedIn(),
                Twin = "unknown-key",
                Redemptions = 3,
            },
            new("retired-key", Core + ".1", "a token is signed with a key that is no longer published", "it is refused")
            {
                On = Rs256(wire => wire.Edit(Wire.Keys, keys => keys["keys"]!.AsArray().RemoveAt(0), always: true)),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("unknown-key", "RFC 7515 4.1.4", "a token names an unknown key", "it is refused after the keys have been fetched once")
            {
                On = Rs256(),
                Given = scene => scene.IdTokenDraft(draft =>
                {
                    draft.UseForeignKey = true;
                    draft.Header["kid"] = "nobody-has-it";
                }),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("no-kid-one-key", Core + "; oidcc-client-test-kid-absent-single-jwks", "a token has no key id and there is one key", "the user is signed in")
            {
                On = Rs256(wire => wire.Edit(Wire.Keys, KeepRsaOnly, always: true)),
                Given = scene => scene.IdTokenDraft(draft => draft.Header["kid"] = null),
                Ends = new SignedIn(),
                Twin = "no-kid-foreign",
            },
            new("no-kid-many-keys", Core + "; oidcc-client-test-kid-absent-multiple-jwks", "a token has no key id and there are several keys", "the key that matches is used")
            {
                On = Rs256(),
                Given = scene => scene.IdTokenDraft(draft => draft.Header["kid"] = null),
                Ends = new SignedIn(),
                Twin = "no-kid-foreign",
            },
            new("no-kid-foreign", Core, "a token has no key id and is signed with an unknown key", "it is refused")
            {
                On = Rs256(),
                Given = scene => scene.IdTokenDraft(draft =>
                {
                    draft.UseForeignKey = true;
                    draft.Header["kid"] = null;
                }),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("kid-of-another-kind", "RFC 8725 3.1", "an RS256 token names the provider's elliptic curve key", "it is refused")
            {
                On = Rs256(),
                Given = scene => scene.IdTokenDraft(draft => draft.Header["kid"] = KeyId(scene, "EC")),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("published-secret", "RFC 8725 3.1", "the key set publishes a symmetric key and a token is signed with it", "it is refused, because the key is public")
            {
                On = Rs256(wire => wire.Edit(Wire.Keys, keys => keys["keys"]!.AsArray().Add(new JsonObject { ["kty"] = "oct", ["kid"] = "known", ["alg"] = "HS256", ["k"] = Base64UrlEncoder.Encode(new byte[32]) }), always: true)),
                Given = scene => scene.IdTokenDraft(draft =>
                {
                    draft.Algorithm = "HS256";
                    draft.SigningKey = new SymmetricSecurityKey(new byte[32]) { KeyId = "known" };
                }),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("encryption-key", "RFC 7517 4.2", "a token is signed with a key that is published for encryption", "it is refused")
            {
                On = Rs256(wire => wire.Edit(Wire.Keys, keys => keys["keys"]!.AsArray().Where(key => key!["alg"]!.GetValue<string>() == "RS256").ToList().ForEach(key => key!["use"] = "enc"), always: true)),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("keys-down-hs256", "own rule", "the keys cannot be fetched and tokens are signed with HS256", "sign-ins are not affected")
            {
                On = new() { Wire = wire => wire.Cut(Wire.Keys, always: true) },
                Ends = new SignedIn(),
                Twin = "keys-cut",
            },
            Unusable("keys-cut", "cannot be fetched", wire => wire.Cut(Wire.Keys, always: true)),
            Unusable("keys-error", "returns 500", wire => wire.Return(Wire.Keys, "", "text/html", 500, always: true)),
            Unusable("keys-html", "is a page", wire => wire.Return(Wire.Keys, "<html>", "text/html", always: true)),
            Unusable("keys-empty", "is empty", wire => wire.Return(Wire.Keys, """{"keys":[]}""", always: true)),
            Unusable("keys-missing", "is missing", wire => wire.Return(Wire.Keys, "{}", always: true)),
            Unusable("keys-huge", "has 300 KB", wire => wire.Return(Wire.Keys, $$"""{"keys":[],"p":"{{new string('p', 300_000)}}"}""", always: true)),
            new("keys-slow", "own rule", "the keys are not returned within five seconds", "an error page offers to try again")
            {
                On = Rs256(wire => wire.Hang(Wire.Keys, always: true), new FakeTimeProvider(DateTimeOffset.UtcNow)),
                Do = scene => scene.WhileTimePassesAsync(scene.SignInAsync()),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("keys-return", "own rule; M12", "the keys could not be fetched, and is available again", "the next sign-in works, seconds later")
            {
                On = Rs256(wire => wire.Cut(Wire.Keys, always: true), new FakeTimeProvider(DateTimeOffset.UtcNow)),
                Do = scene => scene.SignInAgainSecondsAfterTheProviderReturnsAsync(),
                Ends = new SignedIn(),
                Twin = "keys-cut",
            },
            new("keys-lost-later", "own rule", "the keys are cached and can no longer be fetched", "the cached keys are used")
            {
                On = Rs256(),
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    scene.Wire.Cut(Wire.Keys, always: true);
                    scene.TakeAnotherBrowser();
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "keys-cut",
            },
            new("forged-kids", "RFC 8725 3.10; own rule", "twenty tokens name unknown keys", "the keys are fetched a few times, not twenty")
            {
                On = Rs256(),
                Do = SignInWithForgedKeysAsync,
                Ends = new Shows("400 `invalid_token` every time", "could not be trusted"),
                Seen = (scene, _) =>
                {
                    scene.Errors.Count().ShouldBe(20);
                    scene.Wire.CountOf(Wire.Keys).ShouldBeLessThanOrEqualTo(5);
                },
            },
            new("forged-kids-then-rotation", Core + ".1; own rule", "twenty tokens name unknown keys, and half a minute later the provider rotates its keys", "the sign-in succeeds")
            {
                On = Rs256(clock: new FakeTimeProvider(DateTimeOffset.UtcNow)),
                Do = async scene =>
                {
                    await SignInWithForgedKeysAsync(scene);
                    scene.Clock.Advance(TimeSpan.FromSeconds(31));
                    scene.Provider.Keys.Rotate();
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "forged-kids",
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Setup Rs256(Action<Wire>? wire = null, FakeTimeProvider? clock = null) => new()
    {
        Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256,
        Wire = wire,
        Clock = clock,
    };

    private static Row Unusable(string id, string when, Action<Wire> wire) => new(id, "own rule", "the key set " + when, "an error page offers to try again")
    {
        On = Rs256(wire),
        Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
    };

    private static async Task<Page> AfterRotationsAsync(Scene scene, int times)
    {
        var page = await scene.SignInAsync();
        for (var i = 0; i < times; i++)
        {
            page.Body.ShouldBe("signed in as Alice Smith");
            scene.Provider.Keys.Rotate();
            scene.TakeAnotherBrowser();
            page = await scene.SignInAsync();
        }

        return page;
    }

    private static async Task<Page> SignInWithForgedKeysAsync(Scene scene)
    {
        Page? page = null;
        for (var i = 0; i < 20; i++)
        {
            var kid = "forged-" + i;
            scene.IdTokenDraft(draft => draft.Header["kid"] = kid);
            page = await scene.SignInAsync();
        }

        return page!;
    }

    private static void KeepRsaOnly(JsonObject set)
    {
        var keys = set["keys"]!.AsArray();
        foreach (var key in keys.Where(key => key!["alg"]!.GetValue<string>() != "RS256").ToList())
        {
            keys.Remove(key);
        }
    }

    private static string KeyId(Scene scene, string type) =>
        JsonNode.Parse(scene.Provider.Keys.JwksJson)!["keys"]!.AsArray().First(key => key!["kty"]!.GetValue<string>() == type)!["kid"]!.GetValue<string>();
}
