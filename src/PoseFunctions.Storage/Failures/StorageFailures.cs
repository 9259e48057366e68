using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Storage.Failures;

/// <summary>The one place where what storage answers becomes null or an exception of the product.</summary>
internal static class StorageFailures
{
    /// <summary>The blob is not there. A missing container is another matter: that is a fault.</summary>
    public static bool IsMissing(RequestFailedException failure) =>
        failure.Status == 404 && failure.ErrorCode != BlobErrorCode.ContainerNotFound;

    /// <summary>A conditional write met a blob of another version, or one where none may be, or none where one must be.</summary>
    public static bool IsConditionNotMet(RequestFailedException failure) =>
        failure.Status == 412 || IsMissing(failure) || (failure.Status == 409 && failure.ErrorCode == BlobErrorCode.BlobAlreadyExists);

    /// <summary>A value that was passed on, such as a continuation, has no meaning to storage.</summary>
    public static bool IsInputRefused(InfrastructureException failure) =>
        failure.InnerException is RequestFailedException { Status: 400 } refused
        && (refused.ErrorCode == BlobErrorCode.OutOfRangeInput || refused.ErrorCode == BlobErrorCode.InvalidQueryParameterValue);

    /// <summary>Waits for a call and translates its failure.</summary>
    /// <exception cref="InfrastructureException">The call failed.</exception>
    public static async Task<T> OrFailAsync<T>(this Task<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Waits for a call; null when it failed in an expected way.</summary>
    /// <exception cref="InfrastructureException">The call failed in another way.</exception>
    public static async Task<T?> OrNullAsync<T>(this Task<T> call, Func<RequestFailedException, bool> expected)
        where T : class
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (expected(exception))
        {
            return null;
        }
        catch (Exception exception) when (Translate(exception) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The pages of a listing, with failures translated.</summary>
    public static async IAsyncEnumerable<T> OrFail<T>(this IAsyncEnumerable<T> listing)
    {
        var items = listing.GetAsyncEnumerator();
        await using (items.ConfigureAwait(false))
        {
            while (await items.MoveNextAsync().AsTask().OrFailAsync().ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }
    }

    /// <summary>The product's exception for what the storage library threw; null for exceptions that are not its own.</summary>
    public static InfrastructureException? Translate(Exception exception) => exception switch
    {
        RequestFailedException request => new($"{Sentence(request)}.", IsTransient(request.Status), request),

        // Thrown when the last retry failed as well.
        AggregateException { InnerExceptions: [.., RequestFailedException last] } => new(
            $"{Sentence(last)}, after several tries.", IsTransient(last.Status), exception),
        AggregateException => new("Storage did not answer after several tries.", isTransient: true, exception),
        CredentialUnavailableException => new("No identity to sign in to storage with was found.", isTransient: false, exception),
        AuthenticationFailedException => new("Signing in to storage failed.", isTransient: true, exception),
        IOException or HttpRequestException => new("The connection to storage broke.", isTransient: true, exception),
        _ => null,
    };

    // Of an answer, the library's message tells every header; of none, it tells why.
    private static string Sentence(RequestFailedException failure) => failure.Status == 0
        ? $"Storage did not answer: {failure.Message.ReplaceLineEndings(" ")}"
        : $"Storage answered {failure.Status} {failure.ErrorCode}";

    // 0 is no answer at all.
    private static bool IsTransient(int status) => status is 0 or 408 or 429 or >= 500;
}
