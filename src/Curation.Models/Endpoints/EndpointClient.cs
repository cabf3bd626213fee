using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Curation.Models.Endpoints;

/// <summary>One slot's endpoint in one run: asks, checks, remembers, and knows when it is of no use. Safe for several threads.</summary>
public sealed partial class EndpointClient : IDisposable
{
    private const int LongestQuotedAnswer = 4000;
    private const int LongestReason = 400;

    // Characters of one token, where a service does not count; a usual rule of thumb for English.
    private const int CharactersPerToken = 4;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EndpointOptions _options;
    private readonly EndpointKey _key;
    private readonly AnswerCache? _cache;
    private readonly ILogger _logger;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly HttpClient _http;
    private readonly IChatClient _chat;
    private volatile string? _absent;
    private volatile string? _lastFault;

    /// <summary>Opens a slot; asks nothing yet.</summary>
    /// <param name="options">Where it is and what it may cost.</param>
    /// <param name="cache">Answers paid for earlier; null keeps none.</param>
    /// <param name="time">The clock of waits and limits.</param>
    /// <param name="logger">Where retries and failures are told, without the key.</param>
    public EndpointClient(EndpointOptions options, AnswerCache? cache, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);

        _options = options;
        _cache = cache;
        _logger = logger;
        _absent = EndpointKey.Read(options, out _key);
        Budget = new EndpointBudget(options.MaxRequests, options.MaxTokens);
        _http = EndpointTransport.Create(options, Budget, _circuit, time, (attempt, what) => LogRetry(_logger, options.Slot, attempt, what));
        _chat = new OpenAIClient(
                new ApiKeyCredential(_key.Secret),
                new OpenAIClientOptions
                {
                    Endpoint = options.Address,
                    Transport = new HttpClientPipelineTransport(_http),
                    RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                    NetworkTimeout = Timeout.InfiniteTimeSpan,
                    EnableDistributedTracing = false,
                })
            .GetChatClient(options.Model)
            .AsIChatClient();
    }

    /// <summary>The slot.</summary>
    public string Slot => _options.Slot;

    /// <summary>The model's name at the service.</summary>
    public string Model => _options.Model;

    /// <summary>What was spent and what is left.</summary>
    public EndpointBudget Budget { get; }

    /// <summary>Why the slot cannot be used now; null while it can.</summary>
    public string? UnavailableReason =>
        _absent ?? Budget.Exhausted
        ?? (_circuit.CircuitState is CircuitState.Open or CircuitState.Isolated ? $"the endpoint does not answer: {_lastFault ?? "too many requests failed"}" : null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _chat.Dispose();
        _http.Dispose();
    }

    /// <summary>Asks once per clip, model and prompt; answers that are known cost nothing.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="read">Turns the JSON object and the version of the model that served it into a value, or says why not.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal async Task<EndpointResult<T>> AskAsync<T>(EndpointQuestion question, Func<JsonElement, string, AnswerReading<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var key = AnswerCache.KeyFor(question.SubjectHash, Model, question.Prompt.Name, question.Prompt.Version);
        if (_cache is not null && await _cache.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } known && Read(known.Text, known.ServedBy, question, read).Value is { } remembered) return EndpointResult<T>.Answered(remembered, fromCache: true);
        if ((_absent ?? Budget.Exhausted) is { } absent) return EndpointResult<T>.Failed(EndpointFailureKind.Absent, absent);

        var messages = question.Messages();
        for (var repaired = false; ; repaired = true)
        {
            var (reply, failure) = await SendAsync(messages, question, cancellationToken).ConfigureAwait(false);
            if (failure is not null) return Fail<T>(failure.Kind, failure.Reason);

            var servedBy = Version(reply!, question.Prompt);
            var reading = Read(reply!.Text, servedBy, question, read);
            if (reading.Value is { } value)
            {
                if (_cache is not null && await _cache.KeepAsync(key, reply.Text, servedBy, CancellationToken.None).ConfigureAwait(false) is { } fault) LogNotKept(_logger, Slot, fault);
                return EndpointResult<T>.Answered(value, fromCache: false);
            }

            if (!reading.MayRepair || repaired) return Fail<T>(EndpointFailureKind.BadAnswer, repaired ? $"{reading.Fault}, also when asked again" : reading.Fault!);

            messages.Add(new ChatMessage(ChatRole.Assistant, Shorten(reply.Text, LongestQuotedAnswer)));
            messages.Add(new ChatMessage(ChatRole.User, $"That was not the JSON object asked for: {reading.Fault}. Answer again for clip {question.Binding} with the JSON object only."));
        }
    }

    private AnswerReading<T> Read<T>(string text, string servedBy, EndpointQuestion question, Func<JsonElement, string, AnswerReading<T>> read)
        where T : class
    {
        if (_key.IsIn(text)) return AnswerReading<T>.Rejected("the answer holds the key");
        if (AnswerJson.Read(text) is not { } json) return AnswerReading<T>.Malformed("the answer is no JSON object");

        try
        {
            // Escaped in JSON the key would pass the look at the raw text.
            if (_key.IsIn(JsonSerializer.Serialize(json, Relaxed))) return AnswerReading<T>.Rejected("the answer holds the key");

            var answer = new AnswerObject(json);
            answer.CheckBinding(question.Binding);
            if (answer.Rejected is { } rejected) return AnswerReading<T>.Rejected(rejected);
            if (answer.Malformed is { } malformed) return AnswerReading<T>.Malformed(malformed);

            return read(json, servedBy);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, as in a cut emoji, is JSON but no text.
            return AnswerReading<T>.Malformed("the answer holds text that is no Unicode");
        }
    }

    private async Task<(ChatResponse? Reply, EndpointFailure? Failure)> SendAsync(List<ChatMessage> messages, EndpointQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await _chat.GetResponseAsync(messages, OptionsFor(question), cancellationToken).ConfigureAwait(false);
            Budget.Spend(reply.Usage?.TotalTokenCount ?? reply.Text.Length / CharactersPerToken);
            return Unusable(reply) is { } unusable ? (null, unusable) : (reply, null);
        }
        catch (ClientResultException exception)
        {
            return (null, Explain(exception));
        }
        catch (BudgetExhaustedException exception)
        {
            return (null, new(EndpointFailureKind.Absent, exception.Message));
        }
        catch (BrokenCircuitException)
        {
            return (null, new(EndpointFailureKind.Unreachable, $"the endpoint does not answer: {_lastFault ?? "too many requests failed"}"));
        }
        catch (TimeoutRejectedException)
        {
            return (null, Unreachable(string.Create(null, $"no answer within {_options.Timeout.TotalSeconds:0.##} s")));
        }
        catch (HttpRequestException exception)
        {
            return (null, Unreachable(exception.Message));
        }
        catch (NoCompletionException exception)
        {
            return (null, new(EndpointFailureKind.BadAnswer, exception.Message));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // How the client library says that a member of a chat completion has another form.
            return (null, new(EndpointFailureKind.BadAnswer, "the endpoint's answer is no chat completion"));
        }
    }

    private ChatOptions OptionsFor(EndpointQuestion question) => new()
    {
        Temperature = _options.Temperature,
        MaxOutputTokens = _options.AnswerTokens,
        ResponseFormat = _options.Format switch
        {
            AnswerFormat.Schema => ChatResponseFormat.ForJsonSchema(question.Schema(), "answer"),
            AnswerFormat.JsonObject => ChatResponseFormat.Json,
            _ => null,
        },
    };

    private EndpointFailure? Unusable(ChatResponse reply)
    {
        if (reply.FinishReason == ChatFinishReason.Length) return new(EndpointFailureKind.BadAnswer, $"the answer was cut at {_options.AnswerTokens} tokens; raise answer_tokens");
        if (reply.FinishReason == ChatFinishReason.ContentFilter || reply.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Any()) return new(EndpointFailureKind.Refused, "the model refused to describe the clip");

        return null;
    }

    private EndpointFailure Explain(ClientResultException exception)
    {
        switch (exception.Status)
        {
            // Gemini's interface says 400 of a wrong key.
            case 400 when exception.Message.Contains("API key", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("API_KEY", StringComparison.Ordinal):
            case 401 or 403:
                return Absent($"the key was refused (HTTP {exception.Status})");
            case 402 or 404 or 405 or (>= 300 and < 400):
                return Absent($"the address or the model is wrong (HTTP {exception.Status}: {exception.Message})");
            case 408 or 429 or >= 500:
                return Unreachable($"HTTP {exception.Status}, also after {_options.Retries} retries");
            case 0:
                return Unreachable(exception.InnerException?.Message ?? exception.Message);
            default:
                return new(EndpointFailureKind.Refused, Clean($"HTTP {exception.Status}: {exception.Message}"));
        }
    }

    private EndpointFailure Absent(string reason)
    {
        var clean = Clean(reason);
        _absent = clean;
        return new(EndpointFailureKind.Absent, clean);
    }

    private EndpointFailure Unreachable(string reason)
    {
        var clean = Clean(reason);
        _lastFault = clean;
        return new(EndpointFailureKind.Unreachable, clean);
    }

    private EndpointResult<T> Fail<T>(EndpointFailureKind kind, string reason)
        where T : class
    {
        var clean = Clean(reason);
        LogFailure(_logger, Slot, kind, clean);
        return EndpointResult<T>.Failed(kind, clean);
    }

    // A service may echo the request, and with it the key, in what it complains about.
    private string Clean(string text) => Shorten(_key.Redact(text).ReplaceLineEndings(" "), LongestReason);

    private string Version(ChatResponse reply, Prompt prompt)
    {
        var served = string.IsNullOrWhiteSpace(reply.ModelId) ? Model : Clean(reply.ModelId);
        return $"{served}; prompt {prompt.Version}";
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
