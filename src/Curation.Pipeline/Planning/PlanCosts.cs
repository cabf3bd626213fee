using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Planning;

/// <summary>What turns the sample's work into hours and money.</summary>
/// <param name="Cores">Cores that the run will have.</param>
/// <param name="Utilisation">Share of the cores that the sample kept busy, above 0 and at most 1; null where it was not measured.</param>
/// <param name="HasEndpoints">Whether endpoints are asked.</param>
/// <param name="Prices">Null where the policy names none.</param>
public sealed record PlanCosts(int Cores, double? Utilisation, bool HasEndpoints, PriceTable? Prices);
