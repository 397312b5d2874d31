using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

public sealed partial class Translator
{
    // A few at first, so that somebody who waits sees them early; twice as many each time, since many at once are quicker.
    const int FirstLines = 32, MostLines = 1000;

    // What translates some lines, with how many came before them.
    delegate IReadOnlyList<TranslationResult> Step(IReadOnlyList<string> lines, long before, CancellationToken cancellation);

    /// <summary>The best translation of each line as the lines come, in order: with <see cref="Search"/>, of as many lines at once as are there, at most 1000.</summary>
    /// <remarks>
    /// Lines are asked for when results are: a slow reader of results slows the source down, and memory does not grow with their number. Whoever leaves
    /// the enumeration early cancels the token that the source was given, and waits for the line it was about to give.
    /// </remarks>
    /// <param name="lines">the lines</param>
    /// <param name="options">how to search; as the model says, unless told</param>
    /// <param name="cancellation">stops between two steps</param>
    /// <inheritdoc cref="Search"/>
    public IAsyncEnumerable<TranslationResult> TranslateAsync(IAsyncEnumerable<string> lines, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        options = Checked(options);
        return Flow(lines, (some, _, stop) => Search(some, options, stop), cancellation);
    }

    /// <summary>A translation of each line drawn at random as the lines come, in order: what <see cref="Sample"/> draws for all of them.</summary>
    /// <param name="lines">the lines, numbered on from <see cref="Sampling.FirstNumber"/></param>
    /// <param name="sampling">how it is drawn</param>
    /// <param name="options">limits of length and batch; what they say of a search is not used</param>
    /// <param name="cancellation">stops between two steps</param>
    /// <inheritdoc cref="TranslateAsync"/>
    public IAsyncEnumerable<TranslationResult> SampleAsync(IAsyncEnumerable<string> lines, Sampling sampling, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        options = Checked(options);
        ThrowIfAny(sampling.Faults(), "sampling", nameof(sampling));
        return Flow(lines, (some, before, stop) => Sample(some, sampling with { FirstNumber = sampling.FirstNumber + before }, options, stop), cancellation);
    }

    static async IAsyncEnumerable<TranslationResult> Flow(IAsyncEnumerable<string> lines, Step step, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var ready = new ReadyLines(lines.GetAsyncEnumerator(leaving.Token));
        try
        {
            long before = 0;
            for (var most = FirstLines; await ready.Take(most).ConfigureAwait(false) is { Count: > 0 } some; most = Math.Min(2 * most, MostLines))
            {
                var (first, count) = (before, some.Count);
                foreach (var result in await Task.Run(() => step(some, first, cancellation), cancellation).ConfigureAwait(false)) yield return result;
                before += count;
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The translation of one line piece by piece, while its ids are chosen one after another: always the most probable, or drawn.</summary>
    /// <remarks>Put together, the pieces are what <see cref="Search"/> finds with a beam of 1, or what <see cref="Sample"/> draws.</remarks>
    /// <param name="line">the line, without a line end</param>
    /// <param name="sampling">how it is drawn; the most probable id every time, unless told</param>
    /// <param name="options">limits of length; a beam is not used</param>
    /// <param name="cancellation">stops between two steps, as does leaving the enumeration</param>
    /// <inheritdoc cref="Search"/>
    /// <returns>text that is never empty</returns>
    public IAsyncEnumerable<string> StreamAsync(string line, Sampling? sampling = null, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        options = Checked(options) with { Beam = 1 };
        ThrowIfAny(sampling?.Faults() ?? [], "sampling", nameof(sampling));
        return Pieces((tell, outside) => calls.Run(stop => Tell(line, options, sampling is null ? Searching(options, stop) : Drawing(sampling, stop), tell), outside), cancellation);
    }

    static async IAsyncEnumerable<string> Pieces(Func<Action<string>, CancellationToken, int> make, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task work = Task.Run(() => make(piece => pieces.Writer.TryWrite(piece), leaving.Token), CancellationToken.None);
        _ = work.ContinueWith(_ => pieces.Writer.Complete(), TaskScheduler.Default);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return piece;
            await work.ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Translates the parts of a line one after another, and tells each piece of text as soon as it is whole; returns how many parts there were.
    int Tell(string line, DecodingOptions options, Finder find, Action<string> tell)
    {
        var told = new Telling(tell);
        var parts = reader.Read(line, 0);
        foreach (var part in parts)
        {
            told.Begin(part.ContinuesWord, new IncrementalDecoder(Model.Target));
            decoder.Run([part], options, (decoding, workspace, only, lengths) => find(new Overheard(decoding, told.Hear), workspace, only, lengths));
            told.End();
        }
        return parts.Count;
    }

    /// <summary>The text of one line's parts as their ids come.</summary>
    sealed class Telling(Action<string> tell)
    {
        IncrementalDecoder text = null!;
        string glue = "";
        int heard;
        bool any;

        public void Begin(bool continuesWord, IncrementalDecoder decoder) => (text, heard, glue) = (decoder, 0, any && !continuesWord ? " " : "");

        // What is done again, to find a number that is not finite, makes the same ids again.
        public void Hear(int place, int id)
        {
            if (place < heard) return;
            heard++;
            Tell(text.Add(id));
        }

        public void End() => Tell(text.End());

        void Tell(string piece)
        {
            if (piece.Length == 0) return;
            tell(glue + piece);
            (glue, any) = ("", true);
        }
    }

    /// <summary>Tells the ids of the only hypothesis when they are appended.</summary>
    sealed class Overheard(IDecoding decoding, Action<int, int> tell) : IDecoding
    {
        int place = -1;

        public int Count => decoding.Count;

        public Tensor Next(Pass pass, int[] last)
        {
            // The first is what every target begins with.
            if (place >= 0) tell(place, last[0]);
            place++;
            return decoding.Next(pass, last);
        }

        public void Reorder(ReadOnlySpan<int> parents) => decoding.Reorder(parents);

        public void Dispose() => decoding.Dispose();
    }
}
