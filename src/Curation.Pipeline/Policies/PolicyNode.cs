namespace Curation.Pipeline.Policies;

/// <summary>One value of a policy file with the place it stands at.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record PolicyNode(int Line, int Column)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value as it was written.</summary>
internal sealed record PolicyScalar(int Line, int Column, string Text, bool IsPlain) : PolicyNode(Line, Column)
{
    public override string Kind => $"'{Text}'";
}

/// <summary>A list of values.</summary>
internal sealed record PolicySequence(int Line, int Column, IReadOnlyList<PolicyNode> Items) : PolicyNode(Line, Column)
{
    public override string Kind => "a list";
}

/// <summary>Names with values, in the order of the file; a name may stand twice.</summary>
internal sealed record PolicyMapping(int Line, int Column, IReadOnlyList<(PolicyScalar Key, PolicyNode Value)> Entries) : PolicyNode(Line, Column)
{
    public override string Kind => "a set of names";
}
