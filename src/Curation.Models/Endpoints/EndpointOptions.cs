namespace Curation.Models.Endpoints;

/// <summary>Where one slot's endpoint is and what it may cost; one entry of <c>endpoints.json</c>.</summary>
public sealed record EndpointOptions
{
    /// <summary>The slot, see <see cref="EndpointSlots"/>.</summary>
    public required string Slot { get; init; }

    /// <summary>Base address of an OpenAI-compatible service, <c>http://host:8000/v1</c>; the key <c>address</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The model's name at the service; the key <c>model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Environment variable that holds the key; <c>key_env</c>. Null where a file holds it or no key is needed.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>File that holds the key; <c>key_file</c>. Null where a variable holds it or no key is needed.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Longest time of one attempt, the whole answer included; <c>timeout_s</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Requests in flight at once; <c>concurrency</c>.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Requests of one run, every retry counted; <c>max_requests</c>. Null is without limit.</summary>
    public long? MaxRequests { get; init; }

    /// <summary>
    /// Tokens of one run, questions and answers together, as the service counts them; <c>max_tokens</c>. Null is without limit.
    /// Looked at before each request, so those in flight may pass it.
    /// </summary>
    public long? MaxTokens { get; init; }

    /// <summary>Longest answer in tokens; <c>answer_tokens</c>.</summary>
    public int AnswerTokens { get; init; } = 1024;

    /// <summary>Sampling temperature, 0..2; <c>temperature</c>, 0 where it is not given. Null leaves it to the service.</summary>
    public float? Temperature { get; init; } = 0;

    /// <summary>How JSON is asked for; <c>response_format</c>: <c>schema</c>, <c>json_object</c> or <c>prompt</c>.</summary>
    public AnswerFormat Format { get; init; } = AnswerFormat.Schema;

    /// <summary>Further attempts after a failed one; <c>retries</c>.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>First wait between attempts, doubled each time and jittered; <c>retry_delay_s</c>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest Retry-After that is waited for; a longer one fails the request, and nothing more is asked until it is over; <c>max_retry_after_s</c>.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts in half a minute, at least half of them failed, that open the circuit; <c>break_after</c>.</summary>
    public int BreakAfter { get; init; } = 8;

    /// <summary>How long an open circuit lets nothing through; <c>break_s</c>.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(30);
}
