using System.Net;
using System.Net.Http.Headers;

namespace Curation.Models.Catalogue;

/// <summary>One try at one file: asks for what is missing and appends it.</summary>
internal sealed class Download(HttpClient http, PullOptions options, TimeProvider time)
{
    private const int MaxRedirects = 8;
    private const int BufferBytes = 1 << 17;

    /// <summary>Addresses that may be read: https, and anything on this machine.</summary>
    public static bool IsAllowed(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    public async Task RunAsync(CatalogFile file, PartialFile part, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.Idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            var (kept, tag) = part.Resume(file.Url!);
            using var response = await SendAsync(file.Url!, kept, tag, either.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                part.Discard();
                throw new HttpRequestException(HttpRequestError.InvalidResponse, "The server no longer has the part that was missing; starting anew.");
            }

            if (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) throw new ServerBusyException(response.StatusCode, RetryAfter(response));

            response.EnsureSuccessStatusCode();
            var range = response.Content.Headers.ContentRange;
            var going = response.StatusCode == HttpStatusCode.PartialContent && kept > 0 && range?.From == kept;
            if (response.StatusCode == HttpStatusCode.PartialContent && !going)
            {
                part.Discard();
                throw new HttpRequestException(HttpRequestError.InvalidResponse, "The server sent another part than asked for; starting anew.");
            }

            if (!going) kept = 0;

            // A server may send less of the rest than was asked for; the whole is what it says the whole is.
            var total = going && range!.Length is { } whole ? whole : kept + response.Content.Headers.ContentLength;
            Bound(file, total ?? 0);
            if (!going)
            {
                part.Discard();
                part.Begin(file.Url!, StrongTag(response));
            }

            await CopyAsync(file, response, part, kept, total, progress, idle, either.Token);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The server was silent for {options.Idle.TotalSeconds:0} s.");
        }
    }

    private async Task CopyAsync(
        CatalogFile file, HttpResponseMessage response, PartialFile part, long kept, long? total, IProgress<PullProgress>? progress, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var target = new FileStream(part.Path, kept > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        var buffer = new byte[BufferBytes];
        var bytes = kept;
        while (true)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            if (read == 0) break;

            idle.CancelAfter(options.Idle);
            bytes += read;
            Bound(file, bytes);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress?.Report(new PullProgress(file.Name, bytes, total));
        }

        if (total is { } whole && bytes != whole) throw new IOException($"The connection ended after {bytes} of {whole} bytes.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri first, long kept, string? tag, CancellationToken cancellationToken)
    {
        var url = first;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            // Nobody outside may send a download to a service of this machine.
            if (url.IsLoopback && !first.IsLoopback) throw new PullException($"{first} redirects to {url} on this machine, which is not followed.");
            if (!IsAllowed(url)) throw new PullException($"{url} is not read: only https is, and http on this machine.");

            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (kept > 0 && tag is not null)
            {
                request.Headers.Range = new RangeHeaderValue(kept, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(tag));
            }

            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location) return response;

            response.Dispose();
            url = new Uri(url, location);
        }

        throw new PullException($"{url}: more than {MaxRedirects} redirects.");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private void Bound(CatalogFile file, long bytes)
    {
        if (bytes > options.MaxBytes) throw new PullException($"{file.Name} from {file.Url} is larger than {options.MaxBytes} bytes, which is the most that is taken.");
    }

    // A weak tag does not promise the same bytes.
    private static string? StrongTag(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : null;
}
