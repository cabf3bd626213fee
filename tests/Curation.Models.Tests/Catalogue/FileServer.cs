using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Curation.Models.Tests.Catalogue;

/// <summary>A server on loopback that gives one resource, and can break off, refuse, move or change it.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileServer(WebApplication app) => _app = app;

    public byte[] Body { get; set; } = [];

    public string Tag { get; set; } = "\"one\"";

    /// <summary>What the next answers do instead of sending everything: a status, or minus the number of bytes to break off after.</summary>
    public ConcurrentQueue<int> Troubles { get; } = new();

    /// <summary>Where to send callers instead.</summary>
    public string? MovedTo { get; set; }

    /// <summary>Where to send the next caller instead.</summary>
    public Uri? MovedOnce { get; set; }

    /// <summary>What a failure says in Retry-After; null for nothing.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>The Range headers that came; empty text for none.</summary>
    public ConcurrentQueue<string> Ranges { get; } = new();

    public Uri Address => new(_app.Urls.First() + "/weights.bin");

    public static async Task<FileServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FileServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Ranges.Enqueue(context.Request.Headers.Range.ToString());
        if (MovedTo is not null)
        {
            context.Response.Redirect(MovedTo);
            return;
        }

        if (MovedOnce is { } moved)
        {
            MovedOnce = null;
            context.Response.Redirect(moved.AbsoluteUri);
            return;
        }

        Troubles.TryDequeue(out var trouble);
        if (trouble > 0)
        {
            context.Response.StatusCode = trouble;
            if (RetryAfter is not null) context.Response.Headers.RetryAfter = RetryAfter;
            return;
        }

        var from = 0;
        if (context.Request.Headers.IfRange == Tag && context.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault()?.From is { } wanted)
        {
            from = (int)wanted;
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{Body.Length - 1}/{Body.Length}";
        }

        context.Response.Headers.ETag = Tag;
        context.Response.ContentLength = Body.Length - from;
        if (trouble == 0)
        {
            await context.Response.Body.WriteAsync(Body.AsMemory(from), context.RequestAborted);
            return;
        }

        await context.Response.Body.WriteAsync(Body.AsMemory(from, -trouble), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
