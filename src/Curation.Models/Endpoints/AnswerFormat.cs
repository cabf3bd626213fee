namespace Curation.Models.Endpoints;

/// <summary>How an endpoint is told to answer in JSON; not every server knows every way.</summary>
public enum AnswerFormat
{
    /// <summary>The server is given the JSON schema.</summary>
    Schema,

    /// <summary>The server is told to answer with some JSON object; the schema stands in the prompt.</summary>
    JsonObject,

    /// <summary>The prompt alone asks for JSON.</summary>
    Prompt,
}
