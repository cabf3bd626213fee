namespace Curation.Pipeline.Planning;

/// <summary>Something to look at before the run is started.</summary>
/// <param name="Kind">A stable name, such as <c>zero_yield</c>.</param>
/// <param name="Text">One or two sentences for people.</param>
public sealed record PlanWarning(string Kind, string Text);
