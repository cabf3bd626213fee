using System.Globalization;
using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Turns what the store or the network says into what a person can act on. The store's own text is not passed on whole: it may quote signatures.</summary>
internal static class BlobFailure
{
    /// <summary>Whether an error comes from the store, the network or the sign-in, and is not the caller's own cancellation.</summary>
    /// <param name="error">The error.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static bool Is(Exception error, CancellationToken cancellationToken) => error switch
    {
        DatasetException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException many => many.InnerExceptions.All(inner => inner is OperationCanceledException || Is(inner, cancellationToken)) && !cancellationToken.IsCancellationRequested,
        _ => error is RequestFailedException or AuthenticationFailedException or HttpRequestException or IOException or XmlException,
    };

    /// <summary>Whether the blob is not there, as opposed to the container or the account.</summary>
    /// <param name="error">The store's answer.</param>
    public static bool IsAbsent(RequestFailedException error) =>
        error.Status == 404 && error.ErrorCode is null or "" || error.ErrorCode == BlobErrorCode.BlobNotFound || error.ErrorCode == BlobErrorCode.ResourceNotFound;

    /// <summary>Whether the container is not there.</summary>
    /// <param name="error">The store's answer.</param>
    public static bool IsContainerAbsent(RequestFailedException error) => error.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>Whether a condition on the version did not hold.</summary>
    /// <param name="error">The store's answer.</param>
    public static bool IsConflict(RequestFailedException error) =>
        error.ErrorCode == BlobErrorCode.ConditionNotMet || error.ErrorCode == BlobErrorCode.BlobAlreadyExists || error.ErrorCode == BlobErrorCode.TargetConditionNotMet;

    /// <summary>An error with what happened, where, and what to do.</summary>
    /// <param name="error">What the store or the network said.</param>
    /// <param name="deed">What was not done, such as <c>written</c>.</param>
    /// <param name="where">The blob or folder.</param>
    /// <returns>The exception to throw.</returns>
    public static DatasetException Explain(Exception error, string deed, BlobAddress where)
    {
        if (error is DatasetException known) return known;

        var answer = error as RequestFailedException ?? (error as AggregateException)?.InnerExceptions.OfType<RequestFailedException>().LastOrDefault();
        if (error is AuthenticationFailedException) return Make(where, deed, $"signing in failed ({FirstLine(error.Message)}). Give the machine an identity with the role Storage Blob Data Contributor, or set AZURE_STORAGE_CONNECTION_STRING.", error, isTransient: false);
        if (IsUnknownHost(error)) return Make(where, deed, $"no such host ({Innermost(error)}). Mend the account's name or Curate:Blob's address of it.", error);
        if (answer is null || answer.Status == 0) return Make(where, deed, $"the store did not answer to the end ({Innermost(error)}). Check the network and the account's name; the same call may succeed later.", error, isTransient: true);

        // Without the cause: its text has the whole answer of the store.
        var said = string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {answer.ErrorCode}").TrimEnd();
        return answer.Status switch
        {
            _ when IsContainerAbsent(answer) => Make(where, deed, $"the container '{where.Container}' of the account '{where.Account}' does not exist ({said}). Create it, or mend the address."),
            401 or 403 => Make(where, deed, $"the store refused it ({said}). Check the key, SAS or identity for the account '{where.Account}', its expiry, the network rules, and this machine's clock."),
            404 => Make(where, deed, $"it is not there ({said})."),
            409 or 412 when IsConflict(answer) => Make(where, deed, $"somebody changed it in between ({said})."),
            400 when answer.ErrorCode == BlobErrorCode.InvalidBlockList => Make(where, deed, $"somebody else wrote the same blob in between, which threw this one's parts away ({said}). Write it again.", isTransient: true),
            408 or 429 or >= 500 => Make(where, deed, $"the store is down or throttles ({said}). The same call may succeed later.", isTransient: true),
            _ => Make(where, deed, $"the store said {said}: {FirstLine(answer.Message)}"),
        };
    }

    private static DatasetException Make(BlobAddress where, string deed, string reason, Exception? cause = null, bool isTransient = false) =>
        new($"{where} was not {deed}: {reason}", cause!) { IsTransient = isTransient };

    // What the name service is sure of; where it only does not answer now, it says TryAgain.
    private static bool IsUnknownHost(Exception? error) => error switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.HostNotFound } => true,
        AggregateException many => many.InnerExceptions.Any(IsUnknownHost),
        _ => IsUnknownHost(error.InnerException),
    };

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner) error = inner;
        return FirstLine(error.Message).TrimEnd('.');
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
