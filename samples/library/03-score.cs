#:project ../../src/Heed.Text/Heed.Text.csproj
#:property PublishAot=false

// Scores translations as the field prints them: BLEU, chrF, TER, ROUGE, and whether two systems differ by more than chance.

using Heed.Text;

string[] references = ["The cat sat on the mat.", "It was raining all day long.", "He never came back to the town."];
string[] baseline = ["The cat sat on a mat.", "It rained the whole day.", "He never came to town again."];
string[] system = ["The cat sat on the mat.", "It was raining the whole day long.", "He never came back to town."];

var bleu = Score.Bleu(system, references);
Console.WriteLine($"{bleu}\n{bleu.Signature}");
Console.WriteLine(Score.ChrF(system, references, ChrFOptions.PlusPlus));
Console.WriteLine(Score.Ter(system, references));
Console.WriteLine(Score.Rouge(system, references));

// Several references for each line come as several streams.
string[] others = ["A cat was sitting on the mat.", "It rained all day long.", "He never returned to town."];
Console.WriteLine(Score.Bleu(system, [references, others]));

var comparison = Score.CompareBleu(baseline, system, [references]);
Console.WriteLine(comparison);
