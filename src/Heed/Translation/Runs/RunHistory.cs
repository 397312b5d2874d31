using System.Globalization;
using System.Text.Json;

namespace Heed.Translation;

/// <summary>A step as the run's metrics tell of it.</summary>
/// <param name="Step">its number, from 1</param>
/// <param name="Epoch">whole epochs done after it</param>
/// <param name="Loss">the mean smoothed loss of a target id, in nats</param>
/// <param name="Entropy">the mean −log p of a target id, in nats</param>
/// <param name="Tokens">how many target ids were predicted</param>
/// <param name="Norm">the global gradient norm before clipping</param>
/// <param name="Rate">the learning rate</param>
/// <param name="Flops">floating-point operations of the step; see <see cref="Models.Flops"/></param>
public readonly record struct RunStep(int Step, int Epoch, double Loss, double Entropy, int Tokens, double Norm, double Rate, double Flops);

/// <summary>A measurement as the run's metrics tell of it.</summary>
/// <param name="Step">after which step</param>
/// <param name="Entropy">the mean −log p of a target id of the validation references, in nats</param>
/// <param name="Bleu">BLEU of the translated validation sources, 0 to 100; nothing where only the loss is measured</param>
public readonly record struct RunMeasurement(int Step, double Entropy, double? Bleu)
{
    /// <summary>How many predictions in a hundred were right; nothing where that is not measured.</summary>
    public double? Accuracy { get; init; }
}

/// <summary>How far a run had come at a time.</summary>
/// <param name="Step">steps done</param>
/// <param name="Seconds">since it began</param>
/// <param name="Busy">of these, seconds of steps: without measuring and saving</param>
/// <param name="Tokens">target ids predicted</param>
public readonly record struct RunPace(int Step, double Seconds, double Busy, long Tokens);

/// <summary>All that a run has written down of itself: its steps, its measurements, and when they were.</summary>
/// <remarks>
/// A run that was stopped and resumed reads as one: time between two sessions does not count, and of steps that were done twice
/// the second time counts.
/// </remarks>
public sealed class RunHistory
{
    RunHistory() { }

    /// <summary>Every step, in order.</summary>
    public IReadOnlyList<RunStep> Steps { get; private init; } = [];

    /// <summary>Every measurement, in order.</summary>
    public IReadOnlyList<RunMeasurement> Measurements { get; private init; } = [];

    /// <summary>The run's pace, in order; the first is its beginning.</summary>
    public IReadOnlyList<RunPace> Paces { get; private init; } = [];

    /// <summary>When it began; nothing where it has not written that down.</summary>
    public DateTimeOffset? Began { get; private init; }

    /// <summary>Floating-point operations of all steps.</summary>
    public double Flops => Steps.Sum(step => step.Flops);

    /// <summary>Target ids predicted in all steps.</summary>
    public long Tokens => Steps.Sum(step => (long)step.Tokens);

    /// <summary>Seconds that the steps, measurements and saves took.</summary>
    public double Seconds => Paces.Count > 0 ? Paces[^1].Seconds : 0;

    /// <summary>Target ids a second over the run, measuring and saving left out; 0 where that is not known.</summary>
    public double TokensPerSecond => Paces.Count > 0 && Paces[^1].Busy > 0 ? Paces[^1].Tokens / Paces[^1].Busy : 0;

    /// <summary>The best measurement: the highest BLEU or accuracy, or where there is neither the lowest entropy; of equals the first.</summary>
    public RunMeasurement? Best => Measurements.Count == 0 ? null : Measurements.MaxBy(measured => measured.Bleu ?? measured.Accuracy ?? -measured.Entropy);

    /// <summary>Reads what a run has written; a last line that is not yet complete is left out.</summary>
    /// <exception cref="InvalidDataException">A line is damaged; the message says which.</exception>
    public static RunHistory Read(RunFolder folder)
    {
        List<RunStep> steps = [];
        List<RunMeasurement> measurements = [];
        foreach (var line in Lines(folder.Metrics))
        {
            var step = line.Whole("step");
            if (line.Find("validation") is { } measured) measurements.Add(new(step, measured.Real("entropy"), measured.Optional("bleu")) { Accuracy = measured.Optional("accuracy") });
            else steps.Add(new(step, (int)(line.Optional("epoch") ?? 0), line.Real("loss"), line.Real("entropy"), line.Whole("tokens"), line.Real("norm"), line.Real("rate"), line.Optional("flops") ?? 0));
        }
        var (paces, began) = ReadPaces(folder.Pace);
        return new() { Steps = steps, Measurements = measurements, Paces = paces, Began = began };
    }

    static (List<RunPace> Paces, DateTimeOffset? Began) ReadPaces(string path)
    {
        List<RunPace> paces = [];
        DateTimeOffset? began = null;
        var before = default(RunPace);
        foreach (var line in Lines(path))
        {
            var step = line.Whole("step");
            if (line.Find("begin") is { } begin)
            {
                began ??= begin.Time();
                paces.RemoveAll(pace => pace.Step > step);
                if (paces.Count == 0) paces.Add(new(step, 0, 0, 0));
                before = paces[^1];
            }
            else paces.Add(new(step, before.Seconds + line.Real("seconds"), before.Busy + line.Real("busy"), before.Tokens + (long)line.Real("tokens")));
        }
        return (paces, began);
    }

    /// <summary>Seconds from the run's beginning to the end of a step, between two paces in proportion.</summary>
    public double SecondsAt(int step)
    {
        if (Paces.Count == 0) return 0;
        int low = 0, high = Paces.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Paces[middle].Step < step) low = middle + 1;
            else high = middle;
        }
        var after = Paces[low];
        if (low == 0 || after.Step <= step) return after.Seconds;
        var before = Paces[low - 1];
        return before.Seconds + (after.Seconds - before.Seconds) * (step - before.Step) / (after.Step - before.Step);
    }

    static IEnumerable<Line> Lines(string path)
    {
        if (!File.Exists(path)) yield break;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var number = 0;
        for (var text = reader.ReadLine(); text is not null;)
        {
            var next = reader.ReadLine();
            number++;
            // A run under way may be in the middle of its last line.
            if (next is not null || text.EndsWith('}')) yield return Line.Parse(text, $"'{path}', line {number}");
            text = next;
        }
    }

    /// <summary>A line of JSON that knows where it stands.</summary>
    readonly record struct Line(JsonElement Node, string Place)
    {
        public static Line Parse(string text, string place)
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone(), place) : throw Fault(place, "an object of keys and values");
            }
            catch (JsonException)
            {
                throw Fault(place, "a line of JSON");
            }
        }

        public Line? Find(string key) => Node.ValueKind == JsonValueKind.Object && Node.TryGetProperty(key, out var value) ? new(value, Place) : null;

        public double Real(string key) => Optional(key) ?? throw Fault(Place, $"a number under '{key}'");

        public double? Optional(string key) => Find(key) is not { } found ? null
            : found.Node.ValueKind == JsonValueKind.Number ? found.Node.GetDouble() : throw Fault(Place, $"a number under '{key}'");

        public int Whole(string key)
            => Find(key) is { Node.ValueKind: JsonValueKind.Number } found && found.Node.TryGetInt32(out var value) ? value : throw Fault(Place, $"a whole number under '{key}'");

        public DateTimeOffset Time()
            => Node.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(Node.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time : throw Fault(Place, "a time under 'begin'");

        static InvalidDataException Fault(string place, string expected) => new($"{place}: expected {expected}. The file is damaged from there on.");
    }
}
