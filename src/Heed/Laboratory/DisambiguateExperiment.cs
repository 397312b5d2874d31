using Heed.Data;
using Heed.Translation;

namespace Heed.Laboratory;

/// <summary>Which words settle what <i>bank</i> and <i>it</i> mean, seen in the heads of an encoder that has to translate them.</summary>
public sealed class DisambiguateExperiment : Experiment
{
    internal const int Steps = 500;
    internal const string Sentence = "the animal did not cross the street because it was too tired";

    static readonly (string English, string German, string Pronoun)[] animals = [("animal", "das tier", "es"), ("dog", "der hund", "er"), ("cat", "die katze", "sie"), ("child", "das kind", "es"), ("woman", "die frau", "sie")];
    static readonly (string English, string German, string Pronoun)[] places = [("street", "die straße", "sie"), ("river", "den fluss", "er"), ("field", "das feld", "es"), ("bridge", "die brücke", "sie"), ("park", "den park", "er")];
    static readonly (string English, string German)[] acts = [("cross", "überquerte"), ("leave", "verließ"), ("see", "sah")];
    static readonly (string English, string German)[] states = [("tired", "müde"), ("afraid", "ängstlich"), ("hungry", "hungrig")], sizes = [("wide", "breit"), ("long", "lang"), ("far", "weit")];
    static readonly (string English, string German)[] people = [("i", "ich"), ("she", "sie"), ("he", "er"), ("anna", "anna")], deeds = [("sat", "saß"), ("stood", "stand"), ("waited", "wartete"), ("slept", "schlief")];
    static readonly (string English, string German)[] waters = [("river", "am ufer des flusses"), ("lake", "am ufer des sees"), ("stream", "am ufer des baches")];
    static readonly (string English, string German)[] towns = [("street", "bei der bank in der straße"), ("city", "bei der bank in der stadt"), ("village", "bei der bank im dorf")];

    /// <inheritdoc/>
    public override string Name => "disambiguate";

    /// <inheritdoc/>
    public override string Question => "What does a head look at to tell one bank from the other, and what 'it' stands for?";

    /// <inheritdoc/>
    public override bool LooksIntoModels => true;

    static readonly (string Sentence, string Word, string[] Clues)[] lecture =
    [
        ("i sat at the bank of the river", "bank", ["river"]),
        ("i sat at the bank in the street", "bank", ["street"]),
        (Sentence, "it", ["animal", "street", "tired"]),
        ("the animal did not cross the street because it was too wide", "it", ["animal", "street", "wide"]),
    ];

    internal static List<SentencePair> Pairs =>
    [
        .. from animal in animals
           from place in places
           from act in acts
           from reason in states.Select(state => (state, animal.Pronoun)).Concat(sizes.Select(size => (state: size, place.Pronoun)))
           let english = $"the {animal.English} did not {act.English} the {place.English} because it was too {reason.state.English}"
           where lecture.All(one => one.Sentence != english)
           select new SentencePair(english, $"{animal.German} {act.German} {place.German} nicht , weil {reason.Pronoun} zu {reason.state.German} war"),
        .. from person in people
           from deed in deeds
           from place in waters.Select(water => (English: "of the " + water.English, water.German)).Concat(towns.Select(town => (English: "in the " + town.English, town.German)))
           let english = $"{person.English} {deed.English} at the bank {place.English}"
           where lecture.All(one => one.Sentence != english)
           select new SentencePair(english, $"{person.German} {deed.German} {place.German}"),
    ];

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        using var small = SmallTranslator.Of(conditions, Pairs, Steps);
        if (conditions.Text is { } text) return Look(small.Read(text));
        var readings = lecture.Select(one => (Read: small.Read(one.Sentence), one.Word, one.Clues)).ToList();
        if (readings.FirstOrDefault(reading => reading.Read.Place(reading.Word) < 0) is { Word: { } lost, Read: var read })
            throw new ArgumentException($"The model cuts '{read.Sentence}' into {string.Join(" | ", read.Source)}, where '{lost}' is no piece of its own; give a sentence of your own as text.");
        var head = Telling(readings[2].Read, readings[3].Read);
        return new("Bank and it", Question,
            string.Join(" ", readings.Select(each => $"'{each.Read.Sentence}' → '{each.Read.Translation}'."))
            + $" The encoder head whose view of 'it' changes most with the last word is head {head.Head + 1} of layer {head.Layer + 1}.",
            [
                new("What the translations need", small.IsLoaded ? "" : $"A model of two layers, trained here on {Pairs.Count} English-German sentences. German says Ufer or Bank, and es or sie, so the encoder must tell them apart; the four sentences are not among those it learned from.",
                    [.. readings.Select(each => (Exhibit)Views(each.Read, each.Word, each.Clues))]),
                new("The head that tells", "The same head on all four sentences: rows look at columns.", [.. readings.Select(each => (Exhibit)each.Read.Picture(Same(each.Read, head), each.Read.Sentence))]),
            ]);
    }

    static Report Look(Reading read) => new("Heads on a sentence", "What do the heads of the encoder look at?", $"'{read.Sentence}' → '{read.Translation}'",
        [new("Head by head", "Rows look at columns.", [.. read.EncoderHeads().Select(map => (Exhibit)read.Picture(map, $"layer {map.Layer + 1}, head {map.Head + 1}"))])]);

    static AttentionMap Same(Reading read, AttentionMap head) => read.EncoderHeads().First(map => (map.Layer, map.Head) == (head.Layer, head.Head));

    // The two sentences differ in their last word alone.
    static AttentionMap Telling(Reading one, Reading other) => one.EncoderHeads().MaxBy(map =>
    {
        var (here, there, row) = (map.Weights, Same(other, map).Weights, one.Place("it"));
        return Enumerable.Range(0, here.GetLength(1)).Sum(j => Math.Abs(here[row, j] - there[row, j]));
    })!;

    static TableExhibit Views(Reading read, string word, string[] clues) => new($"{read.Sentence} → {read.Translation}", ["head", .. clues.Select(clue => $"{word} → {clue}"), "looks most at"],
        [.. read.EncoderHeads().Select(map => (IReadOnlyList<string>)
        [
            $"layer {map.Layer + 1}, head {map.Head + 1}",
            .. clues.Select(clue => DoubleMatrix.Fixed(map.Weights[read.Place(word), read.Place(clue)], 2)),
            read.Source[Enumerable.Range(0, read.Source.Length).MaxBy(j => map.Weights[read.Place(word), j])],
        ])]);
}
