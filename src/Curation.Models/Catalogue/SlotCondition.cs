namespace Curation.Models.Catalogue;

/// <summary>Whether a slot's model is there.</summary>
public enum SlotCondition
{
    /// <summary>Every file is there, and none has a wrong hash.</summary>
    Present,

    /// <summary>A file is missing.</summary>
    Absent,

    /// <summary>A file has another hash than the catalogue or the lock says.</summary>
    WrongHash,

    /// <summary>The slot is an endpoint.</summary>
    Endpoint,
}
