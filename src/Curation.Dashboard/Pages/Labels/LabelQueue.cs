using Curation.Dataset.Browsing;
using Curation.Pipeline.Labelling;

namespace Curation.Dashboard.Pages.Labels;

/// <summary>Where labelling stands.</summary>
/// <param name="Next">The next clips, in order.</param>
/// <param name="Open">Clips of the choice that have no label.</param>
/// <param name="Total">Clips of the choice.</param>
/// <param name="Labels">All labels of the data set.</param>
internal sealed record LabelQueue(IReadOnlyList<ClipListing> Next, long Open, long Total, IReadOnlyList<ClipLabel> Labels);
