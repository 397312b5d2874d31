using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>oᵢ = Σⱼ softmaxⱼ(v·tanh(qᵢ + kⱼ)) wⱼ over the keys of the query's segment. Bahdanau, Cho and Bengio 2015, §3.1.</summary>
/// <remarks>
/// What stands under the tanh has a row for every query and key together and is never stored: the backward computes it again. A query's
/// numbers depend on it and on its segment's keys alone; the gradients of a segment belong to one thread.
/// </remarks>
public static unsafe class AdditiveAttention
{
    /// <summary>Weights and answers.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="inputs">Queries, keys, values, and who looks where.</param>
    /// <param name="weights">[n, <see cref="AdditiveInputs.LongestKeys"/>] receives each query's weights, in the first places of its row.</param>
    /// <param name="output">[n, w] receives the answers; zeros where a segment has no keys.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a segment leaves the rows there are.</exception>
    public static void Forward(Workers workers, in AdditiveInputs inputs, Floats weights, MatrixView output)
    {
        Check(inputs, weights, output, nameof(output));
        workers.Split(inputs.Pairs.Length, 1, new Onward(inputs, inputs.LongestKeys, weights.Start, output));
    }

    /// <summary>The gradients, added to what is there.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="inputs">What the forward read; no key is in two segments.</param>
    /// <param name="weights">What the forward wrote.</param>
    /// <param name="gradients">Where they go.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a segment leaves the rows there are.</exception>
    public static void Backward(Workers workers, in AdditiveInputs inputs, Floats weights, in AdditiveGradients gradients)
    {
        Check(inputs, weights, gradients.Output, "gradient of the output");
        Lengths.Alike(inputs.Queries, gradients.Queries, "queries", "gradient of the queries");
        Lengths.Alike(inputs.Keys, gradients.Keys, "keys", "gradient of the keys");
        Lengths.Alike(inputs.Values, gradients.Values, "values", "gradient of the values");
        Lengths.Exactly(gradients.VectorParts, inputs.Pairs.Length * inputs.Vector.Length, "parts of the gradient of the vector");
        workers.Split(inputs.Pairs.Length, 1, new Back(inputs, inputs.LongestKeys, weights.Start, gradients));
    }

    static void Check(in AdditiveInputs inputs, Floats weights, MatrixView output, string name)
    {
        var (queries, keys, values) = (inputs.Queries, inputs.Keys, inputs.Values);
        Lengths.Runs(queries, "queries");
        Lengths.Runs(keys, "keys");
        Lengths.Runs(values, "values");
        Lengths.Runs(output, name);
        Lengths.Exactly(inputs.Vector, queries.Columns, "vector");
        if (keys.Columns != queries.Columns || keys.Rows != values.Rows || output.Rows != queries.Rows || output.Columns != values.Columns)
            throw new ArgumentException($"Queries {queries}, keys {keys}, values {values} and {name} {output} do not fit each other.");
        Lengths.Exactly(weights, queries.Rows * inputs.LongestKeys, nameof(weights));
        foreach (ref readonly var pair in inputs.Pairs.AsSpan())
            if (pair.Queries < 0 || pair.Keys < 0 || pair.QueryStart < 0 || pair.KeyStart < 0 || pair.QueryStart + pair.Queries > queries.Rows || pair.KeyStart + pair.Keys > keys.Rows)
                throw new ArgumentException($"{pair} leaves the {queries.Rows} queries and {keys.Rows} keys there are.");
    }

    readonly struct Onward(AdditiveInputs inputs, int pitch, float* weights, MatrixView output) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var i = start; i < end; i++)
                for (var query = 0; query < inputs.Pairs[i].Queries; query++) Query(inputs.Pairs[i], inputs.Pairs[i].QueryStart + query);
        }

        void Query(in SegmentPair pair, nint row)
        {
            float* q = inputs.Queries.Start + row * inputs.Queries.RowStride, own = weights + row * pitch;
            for (var j = 0; j < pair.Keys; j++)
                own[j] = Score(q, inputs.Keys.Start + (pair.KeyStart + j) * inputs.Keys.RowStride, inputs.Vector.Start, inputs.Vector.Length);
            if (pair.Keys > 0) Reduce.SoftmaxRow(own, own, pair.Keys);
            Mix(own, inputs.Values.Start + pair.KeyStart * inputs.Values.RowStride, inputs.Values.RowStride, pair.Keys,
                output.Start + row * output.RowStride, output.Columns);
        }
    }

    readonly struct Back(AdditiveInputs inputs, int pitch, float* weights, AdditiveGradients gradients) : IWork
    {
        public void Run(nint start, nint end)
        {
            var slopes = Scratch.Take(ScratchUse.Scores, pitch).Start;
            for (var i = start; i < end; i++)
            {
                var vector = gradients.VectorParts.Slice(i * inputs.Vector.Length, inputs.Vector.Length);
                vector.Clear();
                for (var query = 0; query < inputs.Pairs[i].Queries; query++) Query(inputs.Pairs[i], inputs.Pairs[i].QueryStart + query, slopes, vector.Start);
            }
        }

        // P = softmax(s), dP = do·w, ds = P ⊙ (dP − ⟨P, dP⟩), y = tanh(q + k):   dw += P·do   dv += ds·y   dq, dk += ds·v ⊙ (1 − y²)
        void Query(in SegmentPair pair, nint row, float* slopes, float* vector)
        {
            nint width = inputs.Vector.Length, columns = inputs.Values.Columns;
            float* own = weights + row * pitch, up = gradients.Output.Start + row * gradients.Output.RowStride;
            for (var j = 0; j < pair.Keys; j++) slopes[j] = Dot(up, inputs.Values.Start + (pair.KeyStart + j) * inputs.Values.RowStride, columns);
            var shift = Dot(own, slopes, pair.Keys);
            for (var j = 0; j < pair.Keys; j++)
            {
                var key = pair.KeyStart + j;
                AddScaled(up, own[j], gradients.Values.Start + key * gradients.Values.RowStride, columns);
                Slope(new(inputs.Queries.Start + row * inputs.Queries.RowStride, inputs.Keys.Start + key * inputs.Keys.RowStride, inputs.Vector.Start,
                    own[j] * (slopes[j] - shift), gradients.Queries.Start + row * gradients.Queries.RowStride,
                    gradients.Keys.Start + key * gradients.Keys.RowStride, vector), width);
            }
        }
    }

    [MethodImpl(Vectors.Loop)]
    static float Score(float* q, float* k, float* v, nint width) => Vectors.Sum(new ScoreTerms(q, k, v), width);

    [MethodImpl(Vectors.Loop)]
    static float Dot(float* x, float* y, nint length) => Vectors.Sum(new DotTerms(x, y), length);

    [MethodImpl(Vectors.Loop)]
    static void Mix(float* weights, float* values, nint stride, int keys, float* y, nint columns) => Vectors.Range(new MixWork(weights, values, stride, keys, y), 0, columns);

    [MethodImpl(Vectors.Loop)]
    static void AddScaled(float* x, float factor, float* y, nint length) => Vectors.Range(new AddScaledWork(x, factor, y), 0, length);

    [MethodImpl(Vectors.Loop)]
    static void Slope(SlopeWork work, nint width) => Vectors.Range(work, 0, width);

    readonly struct ScoreTerms(float* q, float* k, float* v) : IVectorTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
            => Vector512.FusedMultiplyAdd(extent.Load(v + at), Functions.Tanh(extent.Load(q + at) + extent.Load(k + at)), sum);
    }

    readonly struct DotTerms(float* x, float* y) : IVectorTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
            => Vector512.FusedMultiplyAdd(extent.Load(x + at), extent.Load(y + at), sum);
    }

    readonly struct MixWork(float* weights, float* values, nint stride, int keys, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var sum = Vector512<float>.Zero;
            for (var j = 0; j < keys; j++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(weights[j]), extent.Load(values + j * stride + at), sum);
            extent.Store(y + at, sum);
        }
    }

    readonly struct AddScaledWork(float* x, float factor, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, Vector512.FusedMultiplyAdd(extent.Load(x + at), Vector512.Create(factor), extent.Load(y + at)));
    }

    // The gradients of keys are stored before those of queries are read: where both are one tensor the second adds to the first.
    readonly struct SlopeWork(float* q, float* k, float* v, float slope, float* dq, float* dk, float* dv) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var y = Functions.Tanh(extent.Load(q + at) + extent.Load(k + at));
            var ds = Vector512.Create(slope);
            extent.Store(dv + at, Vector512.FusedMultiplyAdd(ds, y, extent.Load(dv + at)));
            var inner = ds * extent.Load(v + at) * Tanh.SlopeAt(y);
            extent.Store(dk + at, extent.Load(dk + at) + inner);
            extent.Store(dq + at, extent.Load(dq + at) + inner);
        }
    }
}
