namespace Authentiq.AspNetCore.UnitTests;

/// <summary>A use of a file in one folder by a file in another folder.</summary>
internal sealed record FolderUse(string From, string To, string User, string Used)
{
    public override string ToString() => $"{From}/{User}.cs uses {To}/{Used}.cs";
}
