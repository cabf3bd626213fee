using Microsoft.Extensions.Logging;

namespace Curation.Models.Running;

public sealed partial class SlotRegistry
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The model slot {Slot} is absent: {Reason}")]
    private partial void LogUnavailable(string slot, string reason);
}
