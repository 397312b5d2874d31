using System.Runtime.InteropServices;
using Heed.Decoding;
using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>xₜ ~ p(x | what stands before it): continues a text id by id.</summary>
/// <remarks>Where the text outgrows the model's context, the later half of what the model saw is read anew, and it goes on from there.</remarks>
/// <param name="model">what continues</param>
/// <param name="sampling">how ids are drawn</param>
sealed class Writer(LanguageModel model, Sampling sampling)
{
    readonly Sampler sampler = new(sampling.Rules);
    readonly IncrementalDecoder decoder = new(model.Tokenizer);
    CounterRandom random = new(sampling.Seed, (ulong)sampling.FirstNumber);

    /// <summary>The text that comes after a prompt, piece by piece; some pieces may be empty.</summary>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="prompt">what the text begins with; a line feed where it is empty</param>
    /// <param name="length">after how many ids it ends, if it does not end before</param>
    /// <param name="stop">ends it between two ids</param>
    public IEnumerable<string> Continue(Workspace workspace, string prompt, int length, CancellationToken stop)
    {
        var ids = new List<int>(TextIds.Of(model.Tokenizer, prompt.Length > 0 ? prompt : Generator.DefaultPrompt));
        var context = model.Model.Config.Context;
        for (var made = 0; made < length;)
        {
            var seen = ids.Count < context ? ids.Count : (context + 1) / 2;
            using var decoding = model.Model.Begin(workspace, Tokens.Of([ids[^seen..^1]]));
            for (; made < length && seen <= context; made++, seen++)
            {
                stop.ThrowIfCancellationRequested();
                var next = Next(decoding, workspace, ids, seen);
                if (next == model.Tokenizer.End)
                {
                    yield return decoder.End();
                    yield break;
                }
                ids.Add(next);
                yield return decoder.Add(next);
            }
        }
        yield return decoder.End();
    }

    int Next(IDecoding decoding, Workspace workspace, List<int> ids, int seen)
    {
        using (var pass = Pass.Infer(workspace))
        {
            var logits = decoding.Next(pass, [ids[^1]]);
            if (float.IsFinite(Ops.LogSumExp(logits).Data[0])) return sampler.Draw(logits.Data.Span, ref random);
        }
        var read = CollectionsMarshal.AsSpan(ids)[^seen..].ToArray();
        throw workspace.FindNotFinite(() => Reread(workspace, read)) ?? new NotFiniteNumberException($"The scores of the id after {ids.Count} ids are not finite.");
    }

    // All at once and watched, so that the message can say where the number came from.
    double Reread(Workspace workspace, int[] read)
    {
        using var pass = Pass.Infer(workspace);
        return model.Model.Forward(pass, Tokens.Of([read])).Data[0];
    }
}
