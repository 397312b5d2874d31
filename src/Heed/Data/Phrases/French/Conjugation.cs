namespace Heed.Data.Phrases;

/// <summary>French conjugation: rules for the regular classes and their changes of spelling, a table for the rest.</summary>
internal static class Conjugation
{
    /// <summary>Infinitive: je, tu, il, nous, vous, ils: past participle.</summary>
    const string Irregular = """
        être: suis es est sommes êtes sont: été
        avoir: ai as a avons avez ont: eu
        aller: vais vas va allons allez vont: allé
        faire: fais fais fait faisons faites font: fait
        dire: dis dis dit disons dites disent: dit
        lire: lis lis lit lisons lisez lisent: lu
        écrire: écris écris écrit écrivons écrivez écrivent: écrit
        rire: ris ris rit rions riez rient: ri
        sourire: souris souris sourit sourions souriez sourient: souri
        boire: bois bois boit buvons buvez boivent: bu
        croire: crois crois croit croyons croyez croient: cru
        voir: vois vois voit voyons voyez voient: vu
        savoir: sais sais sait savons savez savent: su
        vouloir: veux veux veut voulons voulez veulent: voulu
        pouvoir: peux peux peut pouvons pouvez peuvent: pu
        devoir: dois dois doit devons devez doivent: dû
        recevoir: reçois reçois reçoit recevons recevez reçoivent: reçu
        prendre: prends prends prend prenons prenez prennent: pris
        apprendre: apprends apprends apprend apprenons apprenez apprennent: appris
        comprendre: comprends comprends comprend comprenons comprenez comprennent: compris
        mettre: mets mets met mettons mettez mettent: mis
        connaître: connais connais connaît connaissons connaissez connaissent: connu
        reconnaître: reconnais reconnais reconnaît reconnaissons reconnaissez reconnaissent: reconnu
        conduire: conduis conduis conduit conduisons conduisez conduisent: conduit
        construire: construis construis construit construisons construisez construisent: construit
        traduire: traduis traduis traduit traduisons traduisez traduisent: traduit
        peindre: peins peins peint peignons peignez peignent: peint
        suivre: suis suis suit suivons suivez suivent: suivi
        venir: viens viens vient venons venez viennent: venu
        partir: pars pars part partons partez partent: parti
        sortir: sors sors sort sortons sortez sortent: sorti
        dormir: dors dors dort dormons dormez dorment: dormi
        courir: cours cours court courons courez courent: couru
        ouvrir: ouvre ouvres ouvre ouvrons ouvrez ouvrent: ouvert
        pleuvoir: - - pleut - - -: plu
        offrir: offre offres offre offrons offrez offrent: offert
        """;

    static readonly string[] ErEndings = ["e", "es", "e", "ons", "ez", "ent"], IrEndings = ["is", "is", "it", "issons", "issez", "issent"],
        ReEndings = ["s", "s", "", "ons", "ez", "ent"], ImperfectEndings = ["ais", "ais", "ait", "ions", "iez", "aient"];

    static readonly Dictionary<string, (string[] Present, string Participle)> Table = Irregular
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0], parts => (parts[1].Split(' '), parts[2]), StringComparer.Ordinal);

    /// <summary>The six forms of the present, in the order of <see cref="Agreement.Row"/>.</summary>
    public static string Present(string infinitive, int row) => infinitive[^2..] switch
    {
        _ when Table.TryGetValue(infinitive, out var forms) => forms.Present[row],
        "er" => ErStem(infinitive[..^2], row) + ErEndings[row],
        "ir" => infinitive[..^2] + IrEndings[row],
        "re" => infinitive[..^2] + ReEndings[row],
        _ => throw new ArgumentException(
            $"'{infinitive}' ends neither in -er nor -ir nor -re; write its forms into the table of irregular verbs.",
            nameof(infinitive)),
    };

    /// <summary>The stem of the first person plural with the endings -ais, -ais, -ait, -ions, -iez, -aient; être alone has ét-.</summary>
    public static string Imperfect(string infinitive, int row)
    {
        var stem = infinitive == "être" ? "ét" : Present(infinitive, 3)[..^3];
        var opensWithI = row is 3 or 4;
        if (opensWithI && stem.EndsWith("ge", StringComparison.Ordinal))
            stem = stem[..^1];
        if (opensWithI && stem.EndsWith('ç'))
            stem = stem[..^1] + "c";
        return stem + ImperfectEndings[row];
    }

    public static string Participle(string infinitive) => infinitive[^2..] switch
    {
        _ when Table.TryGetValue(infinitive, out var forms) => forms.Participle,
        "er" => infinitive[..^2] + "é",
        "ir" => infinitive[..^1],
        _ => infinitive[..^2] + "u",
    };

    /// <summary>The present without its subject; tu loses the s of -es and vas, unless y or en follows.</summary>
    public static string Imperative(string infinitive, int row, bool beforeYOrEn) => (infinitive, row) switch
    {
        ("être", 1) => "sois",
        ("être", 3) => "soyons",
        ("être", 4) => "soyez",
        ("avoir", 1) => beforeYOrEn ? "aies" : "aie",
        ("avoir", 3) => "ayons",
        ("avoir", 4) => "ayez",
        _ when row == 1 && !beforeYOrEn && Present(infinitive, row) is [.., 'e' or 'a', 's'] form => form[..^1],
        _ => Present(infinitive, row),
    };

    /// <summary>Mangeons, commençons; achète, lève; jette, appelle; préfère; nettoie, essaie.</summary>
    static string ErStem(string stem, int row)
    {
        var endsSilently = row is not (3 or 4);
        return stem switch
        {
            [.., 'g'] when row == 3 => stem + "e",
            [.., 'c'] when row == 3 => stem[..^1] + "ç",
            [.., 'y'] when endsSilently => stem[..^1] + "i",
            "jet" or "appel" or "rappel" when endsSilently => stem + stem[^1],
            [.., 'e' or 'é', not ('a' or 'e' or 'i' or 'o' or 'u' or 'y')] when endsSilently => stem[..^2] + "è" + stem[^1],
            _ => stem,
        };
    }
}
