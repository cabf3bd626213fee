namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>What to judge again, and how.</summary>
/// <param name="Name">Name of the new policy; null for that of the policy at the start.</param>
/// <param name="Base">A preset to start from; null for the policy of the data set.</param>
/// <param name="Limit">Limits that are moved or added, such as <c>snr_db:min=12</c>.</param>
/// <param name="Without">Limits that are taken away.</param>
internal sealed record RejudgeBody(string? Name, string? Base, IReadOnlyList<string>? Limit, IReadOnlyList<string>? Without);
