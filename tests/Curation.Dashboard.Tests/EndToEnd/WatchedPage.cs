using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>A page in a context of its own that remembers everything that no page of the dashboard may do.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const string TellOfViolations = "document.addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} does not allow ${e.blockedURI || 'inline'} ${e.sample}`))";

    private readonly IBrowserContext _context;
    private readonly Uri _url;
    private readonly ConcurrentQueue<string> _faults = [];

    private WatchedPage(IBrowserContext context, IPage page, Uri url, View view) => (_context, Page, _url, View) = (context, page, url, view);

    public IPage Page { get; }

    public View View { get; }

    /// <summary>Everything that was answered.</summary>
    public ConcurrentQueue<IResponse> Responses { get; } = [];

    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, Uri url, View view)
    {
        var context = await browser.NewContextAsync(view.Options(url));
        context.SetDefaultTimeout(20_000);
        await context.AddInitScriptAsync(TellOfViolations);
        var page = await context.NewPageAsync();
        var watched = new WatchedPage(context, page, url, view);
        page.Console += (_, message) => watched.Note(message.Type == "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => watched.Note(true, $"script: {error}");
        page.Crash += (_, _) => watched.Note(true, "the page crashed");
        page.WebSocket += (_, socket) => watched.Note(!watched.IsHere(socket.Url), $"a socket to elsewhere: {socket.Url}");
        context.Request += (_, request) => watched.Note(!watched.IsHere(request.Url), $"a request to elsewhere: {request.Url}");
        context.Response += (_, response) =>
        {
            watched.Responses.Enqueue(response);
            watched.Note(response.Status >= 500, $"{response.Status} {response.Url}");
        };
        return watched;
    }

    /// <summary>Goes to a page, and waits until it answers to clicks.</summary>
    /// <param name="path">Without a slash at the start.</param>
    public async Task<IResponse> GoAsync(string path)
    {
        var answer = await Page.GotoAsync(new Uri(_url, path).ToString());
        if (View.Scripts) await LiveAsync();
        return answer!;
    }

    /// <summary>Waits for the circuit: before it, a click is lost. Pages for those who are not let in have none.</summary>
    public Task LiveAsync() => Page.Locator("[data-live=true], main.plain").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Forgets what a test expects and has looked at.</summary>
    public void Expect(string part)
    {
        var left = _faults.Where(fault => !fault.Contains(part, StringComparison.Ordinal)).ToList();
        Assert.True(left.Count < _faults.Count, $"'{part}' was expected, and did not happen");
        _faults.Clear();
        left.ForEach(_faults.Enqueue);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Note(bool isFault, string what)
    {
        if (isFault) _faults.Enqueue(what);
    }

    private bool IsHere(string address) => !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is "data" or "blob" || uri.Authority == _url.Authority;
}
