using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Curation.Models.Tests.Endpoints;

/// <summary>A chat completion service on loopback that answers each request as its script says; the last step repeats.</summary>
internal sealed partial class EndpointServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, JsonObject, Task>[] _script;
    private int _requests;

    private EndpointServer(WebApplication app, Func<HttpContext, JsonObject, Task>[] script)
    {
        _app = app;
        _script = script;
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    public int Requests => Volatile.Read(ref _requests);

    public ConcurrentQueue<JsonObject> Bodies { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public static async Task<EndpointServer> StartAsync(params Func<HttpContext, JsonObject, Task>[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new EndpointServer(app, script);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>A good answer: a chat completion whose content is made from the name that the question carries.</summary>
    public static Func<HttpContext, JsonObject, Task> Says(Func<string, string> content, int tokens = 100, string finish = "stop") =>
        (context, body) => Complete(context, content(BindingIn(body)), tokens, finish);

    public static Func<HttpContext, JsonObject, Task> Status(int status, string body = "{}", string? retryAfter = null) => (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    };

    public static Func<HttpContext, JsonObject, Task> Hangs() => (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Promises a longer body than it sends, then cuts the connection.</summary>
    public static Func<HttpContext, JsonObject, Task> Cuts() => async (context, _) =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 4096;
        await context.Response.WriteAsync("{\"id\":\"x\",\"choi");
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    public static string BindingIn(JsonObject body) => BindingPattern().Match(body["messages"]![0]!["content"]!.ToJsonString()).Groups[1].Value;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static Task Complete(HttpContext context, string content, int tokens, string finish)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1_700_000_000,
            model = "served-model-7",
            choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = finish } },
            usage = new { prompt_tokens = tokens - 1, completion_tokens = 1, total_tokens = tokens },
        }));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        Bodies.Enqueue(body);
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        var step = Math.Min(Interlocked.Increment(ref _requests), _script.Length) - 1;
        await _script[step](context, body);
    }

    [GeneratedRegex("exactly in the member .{1,12}clip.{1,12}: ([0-9a-f]{16})")]
    private static partial Regex BindingPattern();
}
