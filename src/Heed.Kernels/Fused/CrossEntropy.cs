namespace Heed.Kernels;

/// <summary>
/// loss = −Σ w_c q_c ln p_c, p = softmax(z), q = (1−ε) target + ε/v: softmax, logarithm, loss and gradient in three reads of
/// a row.
/// </summary>
/// <remarks>
/// Losses and gradients are multiplied by the weights of the options, so that the gradient is that of the sum of the losses
/// written. To have a mean over weighted classes, give 1/Σ w as weight. Logits of any finite size are safe.
/// </remarks>
public static unsafe class CrossEntropy
{
    /// <summary>The losses of rows that each have one right class.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="logits">[n, v] z.</param>
    /// <param name="targets">[n] the right class, below v; a negative one leaves its row out: loss, log-probability and gradient 0.</param>
    /// <param name="options">Smoothing and weights.</param>
    /// <param name="losses">[n] where the losses go.</param>
    /// <param name="logProbabilities">[n] where ln p of the right classes goes, unweighted; or empty.</param>
    /// <param name="gradient">[n, v] where the gradient of Σ losses goes: may be the logits themselves; default for nowhere.</param>
    /// <exception cref="ArgumentException">A target is no class, or shapes do not fit.</exception>
    public static void Rows(
        Workers workers, MatrixView logits, ReadOnlySpan<int> targets, in CrossEntropyOptions options,
        Floats losses, Floats logProbabilities, MatrixView gradient)
    {
        Check(logits, options, losses, gradient);
        Lengths.Optional(logProbabilities, logits.Rows, nameof(logProbabilities));
        if (targets.Length != logits.Rows)
            throw new ArgumentException($"There are {targets.Length} targets for {logits.Rows} rows of logits.", nameof(targets));
        for (var row = 0; row < targets.Length; row++)
        {
            if (targets[row] >= logits.Columns)
                throw new ArgumentException($"Target {targets[row]} of row {row} is none of {logits.Columns} classes.", nameof(targets));
        }
        var rows = new CrossEntropyRows(logits, options, losses.Start, gradient);
        fixed (int* first = targets)
        {
            var hard = new HardTargets(first, logProbabilities.IsEmpty ? null : logProbabilities.Start);
            if (options.Smoothing == 0) Split(workers, rows, hard, default(NoBackground));
            else if (options.ClassWeights.IsEmpty) Split(workers, rows, hard, new EvenBackground(options.Smoothing, logits.Columns));
            else Split(workers, rows, hard, new WeightedBackground(options.ClassWeights.Start, options.Smoothing / logits.Columns));
        }
    }

    /// <summary>The losses of rows whose targets are whole distributions.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="logits">[n, v] z.</param>
    /// <param name="targets">[n, v] how probable each class should be.</param>
    /// <param name="options">Smoothing and weights.</param>
    /// <param name="losses">[n] where the losses go.</param>
    /// <param name="gradient">[n, v] where the gradient of Σ losses goes: may be the logits themselves; default for nowhere.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void SoftRows(
        Workers workers, MatrixView logits, MatrixView targets, in CrossEntropyOptions options, Floats losses, MatrixView gradient)
    {
        Check(logits, options, losses, gradient);
        Lengths.Alike(logits, targets, nameof(logits), nameof(targets));
        var rows = new CrossEntropyRows(logits, options, losses.Start, gradient);
        var even = options.Smoothing / logits.Columns;
        var weights = options.ClassWeights.IsEmpty ? null : options.ClassWeights.Start;
        Split(workers, rows, default, new SoftBackground(targets, 1 - options.Smoothing, even, weights));
    }

    static void Split<TBackground>(Workers workers, CrossEntropyRows rows, HardTargets hard, TBackground background)
        where TBackground : struct, IBackground
        => workers.Split(
            rows.Count, Elementwise.RowsWorthAThread(rows.Columns), new CrossEntropyWork<TBackground>(rows, hard, background));

    static void Check(MatrixView logits, in CrossEntropyOptions options, Floats losses, MatrixView gradient)
    {
        Lengths.Runs(logits, nameof(logits));
        Lengths.Exactly(losses, logits.Rows, nameof(losses));
        if (!gradient.Data.IsEmpty) Lengths.Alike(logits, gradient, nameof(logits), nameof(gradient));
        Lengths.Optional(options.RowWeights, logits.Rows, "The row weights");
        Lengths.Optional(options.ClassWeights, logits.Columns, "The class weights");
        if (!(options.Smoothing >= 0 && options.Smoothing <= 1))
            throw new ArgumentException($"Label smoothing is {options.Smoothing}; it is 0 to 1.", nameof(options));
        if (!(options.Weight >= 0)) throw new ArgumentException($"The weight is {options.Weight}; it may not be negative.", nameof(options));
        if (logits.Columns == 0 && logits.Rows > 0) throw new ArgumentException("Rows of logits need at least one class.", nameof(logits));
    }
}
