namespace Curation.Dataset.Report.Sections;

// What the template sees: words and numbers that are ready to stand on the page. The template encodes every one of them.

/// <summary>The whole page.</summary>
internal sealed record PageView
{
    public required string DatasetName { get; init; }

    public required string Policy { get; init; }

    public required string PolicySha { get; init; }

    public required string Created { get; init; }

    public required string CreatedMachine { get; init; }

    public required string Pipeline { get; init; }

    public required string Lead { get; init; }

    public required BannerView? Banner { get; init; }

    public required IReadOnlyList<FigureView> Figures { get; init; }

    public required BarView? Outcomes { get; init; }

    public required FunnelView? Funnel { get; init; }

    public required IReadOnlyList<SplitView> Splits { get; init; }

    public required IReadOnlyList<ExampleGroupView> Examples { get; init; }

    public required IReadOnlyList<MeasurementGroupView> Measurements { get; init; }

    public required MissingView? Missing { get; init; }

    public required QuarantineView? Quarantine { get; init; }

    public required IReadOnlyList<SourceView> Sources { get; init; }

    public required IReadOnlyList<FigureView> Run { get; init; }
}

/// <summary>Something that must not be overlooked.</summary>
internal sealed record BannerView(string Title, IReadOnlyList<string> Lines, IReadOnlyList<string> Commands);

/// <summary>A number, what it counts, and what it means.</summary>
internal sealed record FigureView(string Label, string Value, string Note, string Tone);

/// <summary>A bar of 100 units: what is kept, held, lost.</summary>
internal sealed record BarView(string Kept, string Held, string Lost, string HeldX, string LostX, string Text);

/// <summary>The way from sources to retained clips.</summary>
internal sealed record FunnelView(string Sources, string Clips, IReadOnlyList<FunnelRowView> Rows, string Judged, string Held, BarView HeldBar, string Kept, BarView KeptBar, string Quiet);

/// <summary>One filter of the funnel.</summary>
internal sealed record FunnelRowView(
    string Title, string Name, string Limit, BarView Bar, string Left, string First, string InAll, string Only, bool Idle);

/// <summary>One kind of sound.</summary>
internal sealed record SplitView(string Title, string Name, string Clips, string Kept, string Percent, string Time, BarView Bar);

/// <summary>Example clips of one outcome.</summary>
internal sealed record ExampleGroupView(string Id, string Title, string Note, IReadOnlyList<CardView> Cards, string Empty);

/// <summary>One example clip.</summary>
internal sealed record CardView(
    string Tone, string Badge, string Still, string StillText, string Media, string Source, string SourcePath, string Span, string Length,
    string Facts, string Reason, string AlsoFails, string Caption, IReadOnlyList<FactView> Values, string Id);

/// <summary>A name and a value.</summary>
internal sealed record FactView(string Name, string Value);

/// <summary>Measurements that look at the same thing.</summary>
internal sealed record MeasurementGroupView(string Title, IReadOnlyList<HistogramView> Charts, IReadOnlyList<FactView> Without);

/// <summary>One measurement with its distribution.</summary>
internal sealed record HistogramView(
    string Title, string Name, string Unit, string Description, string Limit, string LimitNote, ChartView Chart, IReadOnlyList<SideView> Sides,
    string Middle, string Missing, IReadOnlyList<FactView> Reasons);

/// <summary>How many clips lie on one side of a limit.</summary>
internal sealed record SideView(string Tone, string Count, string Text);

/// <summary>A drawn histogram, in units of its view box.</summary>
internal sealed record ChartView(
    string Summary, string Passed, string Failed, string Other, IReadOnlyList<ShadeView> Shades, IReadOnlyList<MarkView> Limits, IReadOnlyList<MarkView> Ticks, string Data);

/// <summary>The part of a chart beyond a limit.</summary>
internal sealed record ShadeView(string X, string Width);

/// <summary>A place on the axis.</summary>
internal sealed record MarkView(string X, string TextX, string Anchor, string Text);

/// <summary>What no model was there for.</summary>
internal sealed record MissingView(IReadOnlyList<MissingRowView> Rows, string PullCommand);

/// <summary>One model slot without a model.</summary>
internal sealed record MissingRowView(string Slot, string Gives, string Clips, string Then, string Why);

/// <summary>Sources that could not be processed.</summary>
internal sealed record QuarantineView(string Count, IReadOnlyList<QuarantineRowView> Rows);

/// <summary>One stage and reason.</summary>
internal sealed record QuarantineRowView(string Stage, string Reason, string Count, IReadOnlyList<FactView> Sources, string More);

/// <summary>One source that lost clips.</summary>
internal sealed record SourceView(string Name, string Folder, string Rejected, string Clips, string Percent, BarView Bar);
