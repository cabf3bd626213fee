using Curation.Models.Endpoints;

namespace Curation.Models.Tests.Endpoints;

public sealed class EndpointConfigurationTests
{
    [Fact]
    public void Every_setting_is_read()
    {
        var configuration = EndpointConfiguration.Parse(
            """
            {
              // comments are allowed
              "caption.omni": {
                "address": "http://127.0.0.1:8000/v1", "model": "Qwen/Qwen2.5-Omni-7B", "key_file": "keys/omni", "timeout_s": 30, "concurrency": 2,
                "max_requests": 10, "max_tokens": 5000, "answer_tokens": 256, "temperature": 0.3, "response_format": "json_object",
                "retries": 1, "retry_delay_s": 0.5, "max_retry_after_s": 9, "break_after": 3, "break_s": 7,
              },
            }
            """,
            "/models/endpoints.json");

        var options = configuration.Slots["caption.omni"];
        Assert.Equal("http://127.0.0.1:8000/v1", options.Address.ToString());
        Assert.Equal("Qwen/Qwen2.5-Omni-7B", options.Model);
        Assert.Equal("/models/keys/omni", options.KeyFile);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Timeout);
        Assert.Equal(2, options.Concurrency);
        Assert.Equal(10, options.MaxRequests);
        Assert.Equal(5000, options.MaxTokens);
        Assert.Equal(256, options.AnswerTokens);
        Assert.Equal(0.3f, options.Temperature);
        Assert.Equal(AnswerFormat.JsonObject, options.Format);
        Assert.Equal((1, 0.5, 9, 3, 7), (options.Retries, options.RetryDelay.TotalSeconds, options.MaxRetryAfter.TotalSeconds, options.BreakAfter, options.BreakDuration.TotalSeconds));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var exception = Assert.Throws<EndpointConfigurationException>(() => EndpointConfiguration.Parse(
            """
            {
              "caption.omny": {},
              "fuse": { "address": "ftp://host", "timout_s": 3, "concurrency": 0, "temperature": "hot" },
              "caption.gemini": { "address": "https://host/v1", "model": "m", "key_env": "A", "key_file": "b" },
              "asr.omni": 5
            }
            """,
            "endpoints.json"));

        Assert.Collection(
            exception.Errors,
            error => Assert.StartsWith("'caption.omny' is no slot", error, StringComparison.Ordinal),
            error => Assert.Equal("fuse.timout_s is not known; the nearest key is 'timeout_s'", error),
            error => Assert.Equal("fuse.address is not an http or https address", error),
            error => Assert.Equal("fuse.model is missing", error),
            error => Assert.Equal("fuse.concurrency is 0, not a whole number from 1 to 1024", error),
            error => Assert.Equal("fuse.temperature is \"hot\", not a number from 0 to 2", error),
            error => Assert.Equal("caption.gemini.key_env and key_file stand together; give one", error),
            error => Assert.Equal("asr.omni is not an object", error));
    }

    [Theory]
    [InlineData("https://user:hunter2@host/v1")]
    [InlineData("https://host/v1?key=hunter2")]
    public void A_secret_in_the_address_is_refused_and_not_repeated(string address)
    {
        var exception = Assert.Throws<EndpointConfigurationException>(() =>
            EndpointConfiguration.Parse($$$"""{"fuse":{"address":"{{{address}}}","model":"m"}}""", "endpoints.json"));

        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_not_sent_unencrypted_to_another_machine()
    {
        const string Plain = """{"fuse":{"address":"http://host/v1","model":"m","key_env":"K"}}""";

        Assert.Contains("unencrypted", Assert.Throws<EndpointConfigurationException>(() => EndpointConfiguration.Parse(Plain, "endpoints.json")).Message, StringComparison.Ordinal);
        Assert.Single(EndpointConfiguration.Parse(Plain.Replace("\"m\"", "\"m\",\"allow_plain_http\":true", StringComparison.Ordinal), "endpoints.json").Slots);
    }

    [Fact]
    public void A_temperature_of_null_leaves_it_to_the_service()
    {
        Assert.Equal(0, EndpointConfiguration.Parse("""{"fuse":{"address":"http://host","model":"m"}}""", "endpoints.json").Slots["fuse"].Temperature);
        Assert.Null(EndpointConfiguration.Parse("""{"fuse":{"address":"http://host","model":"m","temperature":null}}""", "endpoints.json").Slots["fuse"].Temperature);
    }

    [Fact]
    public void A_file_that_is_no_JSON_names_the_line()
    {
        Assert.Contains("line 2", Assert.Throws<EndpointConfigurationException>(() => EndpointConfiguration.Parse("{\n oops }", "endpoints.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_the_file_has_no_endpoints()
    {
        var folder = Directory.CreateTempSubdirectory("endpoints-").FullName;

        Assert.Empty(EndpointConfiguration.Load(folder).Slots);
        Directory.Delete(folder);
    }
}
