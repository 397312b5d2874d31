#:project TinyModel/TinyModel.csproj
#:property PublishAot=false

// Trains a translation model: a recipe says what, a run does it step by step and tells what happens.

using Heed.Samples;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

var folder = Directory.CreateTempSubdirectory("heed-train-").FullName;

var recipe = TinyModel.Recipe() with { Training = new() { Steps = 120, Schedule = new CosineSchedule { Peak = 1e-2, Warmup = 10 } } };
var data = PreparedData.From(recipe, train: TinyModel.Text, validation: TinyModel.Text);
using var backend = new CpuBackend();
using (var run = TrainingRun.Start(recipe, data, Path.Combine(folder, "run"), backend))
{
    foreach (var happened in run.Continue())
    {
        if (happened is Stepped { Report.Number: var step and (1 or 60 or 120), Report: var report }) Console.WriteLine($"step {step}: loss {report.Loss:F2}");
        if (happened is Validated measured) Console.WriteLine($"step {measured.Step}: BLEU {measured.Bleu:F1}");
        if (happened is Finished finished) Console.WriteLine($"The model is in {Path.GetFileName(finished.Folder)}/.");
    }
}

// What a run has saved, a run can continue: after a stop, or for longer.
// The recipe of this one names no files, so its text is given again.
using var again = TrainingRun.Resume(Path.Combine(folder, "run"), backend, (saved, tokenizers) => PreparedData.From(saved, TinyModel.Text, TinyModel.Text, tokenizers));
Console.WriteLine($"stands after step {again.State.Step}");
