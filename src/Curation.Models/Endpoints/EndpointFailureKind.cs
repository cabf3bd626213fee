namespace Curation.Models.Endpoints;

/// <summary>Why a question has no answer; decides whether the slot or only this clip is concerned.</summary>
public enum EndpointFailureKind
{
    /// <summary>The slot cannot be used in this run: key refused, budget spent, address or model wrong.</summary>
    Absent,

    /// <summary>The endpoint does not answer now; a later run fills the gap.</summary>
    Unreachable,

    /// <summary>The endpoint would not take this request, such as one that is too large.</summary>
    Refused,

    /// <summary>There was an answer that cannot be used: no JSON, another clip's, or against the rules.</summary>
    BadAnswer,
}
