namespace Heed.Translation;

/// <summary>How a run stands.</summary>
public enum RunState
{
    /// <summary>A process trains it at this moment.</summary>
    Running,

    /// <summary>It has not come to its end, and nobody trains it; <c>heed resume</c> continues it.</summary>
    Stopped,

    /// <summary>Its finished model is there.</summary>
    Finished,
}
