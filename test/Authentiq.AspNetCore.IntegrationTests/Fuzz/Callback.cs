namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A response to be changed, and a sign-in of another user to take parts from.</summary>
internal sealed class Callback(Attempt attempt, Attempt another)
{
    public Attempt Attempt => attempt;

    public Attempt Another => another;

    public Shape Shape => attempt.Shape;

    public RawRequest Request { get; } = RawRequest.Response(attempt);

    /// <summary>Whether the other sign-in is completed first.</summary>
    public bool IsAnotherDone { get; set; }

    /// <summary>The form reader of the server stops at NUL, and at a text that is too long as it is encoded.</summary>
    public bool IsUnreadable => Request.Form.Exists(parameter => (parameter.Key + parameter.Value).Contains('\0', StringComparison.Ordinal) || Request.Escape(parameter.Value).Length > 60_000);

    /// <summary>Whether the provider itself identifies another user.</summary>
    public bool IsSubjectOpen { get; set; }

    public string? Value(string name) => Request.Parameters.Where(parameter => parameter.Key == name).Select(parameter => parameter.Value).FirstOrDefault();

    /// <summary>The same parameter of the other sign-in.</summary>
    public string? OfAnother(string name) => RawRequest.Response(another).Parameters.Where(parameter => parameter.Key == name).Select(parameter => parameter.Value).FirstOrDefault();

    public Verdict? Set(string name, string? value, Verdict? verdict)
    {
        var parameters = Request.Parameters;
        var index = parameters.FindIndex(parameter => parameter.Key == name);
        parameters.RemoveAt(index);
        if (value is not null)
        {
            parameters.Insert(index, new(name, value));
        }

        return verdict;
    }

    public Verdict? Add(string name, string value, Verdict? verdict)
    {
        Request.Parameters.Add(new(name, value));
        return verdict;
    }
}
