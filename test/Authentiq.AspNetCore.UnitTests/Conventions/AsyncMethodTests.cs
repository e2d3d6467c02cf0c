using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class AsyncMethodTests
{
    /// <summary>Work that many callers share: none of them may cancel it for the others. Each waits under a token of its own.</summary>
    private static readonly Type[] SharedWork = [typeof(LastKnownGood<>), typeof(MetadataDocuments), typeof(MetadataManager), typeof(KeySearches), typeof(LogoutRuns)];

    /// <summary>Security actions, which a closed connection must not undo halfway.</summary>
    private static readonly string[] NotCancelled = ["UsedAttempts.TryUseAsync", "SessionTicketStore.EndAsync", "RecentSignOuts.MarkAsync", "SessionChangeMarks.AddAsync", "TicketLifetime.GetRevocationExpiryAsync"];

    /// <summary>Steps of a handler, which exists for one request and has its <see cref="HttpContext"/>.</summary>
    private static readonly Type[] StepsOfARequest = [typeof(ICallbackSteps), typeof(SessionRequest)];

    private static IEnumerable<MethodInfo> Methods => Package.Methods.Where(method => IsTask(method.ReturnType) && !IsOfTheFramework(method));

    [Fact]
    public void Async_methods_say_so_in_their_name() =>
        Methods.Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal) && method.DeclaringType != typeof(AuthentiqEvents)).Select(Name)
            .ShouldBeEmpty("only events are named as those of the framework are");

    [Fact]
    public void A_cancellation_token_comes_last() =>
        Package.Methods.Where(method => !IsOfTheFramework(method) && method.GetParameters().SkipLast(1).Any(IsToken)).Select(Name).ShouldBeEmpty();

    [Fact]
    public void Async_methods_can_be_cancelled() =>
        Methods.Where(method => !method.IsPrivate && !method.GetParameters().Any(IsToken) && !IsOfARequest(method) && !SharedWork.Concat(StepsOfARequest).Contains(method.DeclaringType))
            .Select(Name).Except(NotCancelled).ShouldBeEmpty("these take no CancellationToken, and no HttpContext that has one");

    // A context of an event has the request.
    private static bool IsContext(Type? type) => type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(BaseContext<>)) || IsContext(type.BaseType));

    private static bool IsTask(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);

    // A request is cancelled through HttpContext.RequestAborted.
    private static bool IsOfARequest(MethodInfo method) =>
        method.GetParameters().Concat(method.DeclaringType!.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
            .Any(parameter => parameter.ParameterType == typeof(HttpContext) || IsContext(parameter.ParameterType) || parameter.ParameterType == typeof(HttpResponse));

    // An override, or a member of an interface that somebody else wrote, has the name and the parameters that it has.
    private static bool IsOfTheFramework(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType!.Assembly != Package.Assembly
        || method.DeclaringType!.GetInterfaces().Where(contract => contract.Assembly != Package.Assembly)
            .Any(contract => method.DeclaringType.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
