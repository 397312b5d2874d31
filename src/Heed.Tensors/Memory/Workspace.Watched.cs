namespace Heed.Tensors;

public sealed partial class Workspace
{
    /// <summary>Whether passes that begin from now on look at every number their operations make and stop at the first that is not finite. Slow.</summary>
    public bool Watched { get; set; }

    /// <summary>Does again, watched, what ended in a number that is not finite: where the first such number appeared, as an exception that says so.</summary>
    /// <remarks>A pass with the same seed computes the same bits, so that watching costs nothing until it is needed.</remarks>
    /// <param name="again">what is done again, in passes of this workspace</param>
    /// <returns>operation, place in the model, forward or backward, element; nothing where every operation's numbers are finite</returns>
    public NotFiniteNumberException? FindNotFinite(Action again)
    {
        Watched = true;
        try
        {
            again();
            return null;
        }
        catch (NotFiniteNumberException found)
        {
            return found;
        }
        finally
        {
            Watched = false;
        }
    }
}
