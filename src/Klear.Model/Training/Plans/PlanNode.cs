namespace Klear.Model.Training.Plans;

/// <summary>One value of a plan with the place it stands at, both from 1.</summary>
internal abstract record PlanNode(int Line, int Column)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value as it was written; plain where no quotes stand around it.</summary>
internal sealed record PlanScalar(int Line, int Column, string Text, bool IsPlain) : PlanNode(Line, Column)
{
    public bool IsMissing => IsPlain && Text is "" or "~" or "null";

    public override string Kind => IsMissing ? "empty" : $"'{Text}'";
}

/// <summary>A list of values.</summary>
internal sealed record PlanSequence(int Line, int Column, IReadOnlyList<PlanNode> Items) : PlanNode(Line, Column)
{
    public override string Kind => "a list";
}

/// <summary>Names with values, in the order of the file; a name may stand twice.</summary>
internal sealed record PlanMapping(int Line, int Column, IReadOnlyList<(PlanScalar Key, PlanNode Value)> Entries) : PlanNode(Line, Column)
{
    public override string Kind => "a set of names";
}
