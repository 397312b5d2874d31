namespace Heed.Data.Phrases;

/// <summary>
/// English base / past / participle / -ing and the words that follow | French infinitive, tail, +preposition of the object
/// (! keeps a person behind it) | subjects | objects | traits. Regular English forms are left out.
/// </summary>
internal static class Verbs
{
    public const string Table = """
        see/saw/seen                   | voir                     | animate | animate building nature transport thing | simple involuntary
        look at                        | regarder                 | animate | animate nature thing building furniture fragile film | -
        watch                          | regarder                 | person | film event animal | -
        look for                       | chercher                 | person | animate thing garment building text | -
        find/found/found               | trouver                  | person | thing garment text animal question | simple
        lose/lost/lost                 | perdre                   | person | thing text garment match | simple involuntary
        hear/heard/heard               | entendre                 | person | animate song transport | simple involuntary
        listen to                      | écouter                  | person | person song | -
        read/read/read                 | lire                     | person | text | optional divisible skilled moving
        write/wrote/written/writing    | écrire                   | person | text | optional recipient double divisible skilled moving
        eat/ate/eaten                  | manger                   | animate | food | optional divisible moving
        drink/drank/drunk              | boire                    | person | drink | divisible moving
        cook                           | cuisiner                 | person | - | skilled moving
        prepare/prepared               | préparer                 | person | food | divisible
        buy/bought/bought              | acheter                  | person | food drink garment car thing furniture text | divisible
        sell/sold/sold                 | vendre                   | person | food garment car thing furniture text | recipient divisible
        choose/chose/chosen            | choisir                  | person | garment thing food text song film | divisible
        wear/wore/worn                 | porter                   | person | garment | -
        wash                           | laver                    | person | garment car animal fragile | moving
        clean                          | nettoyer                 | person | furniture site car open | moving
        open                           | ouvrir                   | person | open | moving careful
        close                          | fermer                   | person | open | moving careful
        drive/drove/driven             | conduire                 | person | car | optional moving careful skilled
        repair                         | réparer                  | person | machine furniture part | skilled moving
        paint                          | peindre                  | person | building furniture part | skilled moving
        build/built/built              | construire               | person | building | moving
        draw/drew/drawn                | dessiner                 | person | animal nature building person | optional skilled moving
        break/broke/broken             | casser                   | person | fragile | involuntary
        fill                           | remplir                  | person | container | -
        forget/forgot/forgotten/forgetting | oublier                  | person | thing idea garment event | involuntary simple
        hide/hid/hidden/hiding         | cacher                   | person | thing text | -
        take/took/taken                | prendre                  | person | transport thing text garment | -
        cut/cut/cut/cutting            | couper                   | person | food | -
        throw/threw/thrown             | jeter                    | person | thing | -
        cross                          | traverser                | person | way | moving careful
        leave/left/left                | quitter                  | person | building site person | noPronoun
        visit                          | visiter                  | person | building site | -
        win/won/won/winning            | gagner                   | person | match | involuntary
        start                          | commencer                | person | text event | -
        finish                         | finir                    | person | text food exercise | -
        follow                         | suivre                   | animate | animate car transport | -
        meet/met/met                   | rencontrer               | person | person | involuntary
        help                           | aider                    | person | person | -
        thank                          | remercier                | person | person | -
        call                           | appeler                  | person | person | -
        invite                         | inviter                  | person | person | -
        protect                        | protéger                 | animate | animate | -
        wait for                       | attendre                 | person | person transport event | -
        know/knew/known                | connaître                | person | person song site | state
        understand/understood/understood | comprendre               | person | person idea language text | state
        like                           | aimer                    | person | animate food drink song film sport nature | state generic
        love                           | aimer                    | person | animate food drink song film sport nature | state generic
        hate                           | détester                 | person | animate food drink film sport | state generic
        prefer/preferred               | préférer                 | person | food drink garment song text | state generic
        want                           | vouloir                  | person | food drink thing garment car animal | state divisible
        have/had/had                   | avoir                    | person | car animal thing garment instrument kin | state divisible
        recognize                      | reconnaître              | animate | person song site | simple involuntary
        respect                        | respecter                | person | person rule | simple
        learn                          | apprendre                | person | language learnable song | -
        teach/taught/taught            | enseigner                | person | language | recipient
        speak/spoke/spoken             | parler                   | person | language | optional bare skilled moving speaking
        sing/sang/sung                 | chanter                  | person | song | optional skilled speaking
        receive                        | recevoir                 | person | text thing | divisible involuntary
        translate                      | traduire                 | person | text word | skilled moving
        answer                         | répondre +à              | person | reply person | -
        phone                          | téléphoner +à            | person | person | -
        talk to                        | parler +à                | person | animate | -
        obey                           | obéir +à                 | person | person rule | -
        think about                    | penser +à!               | person | person idea event site | state
        play                           | jouer +de                | person | instrument | skilled noPronoun
        play                           | jouer +à                 | person | sport | skilled game noPronoun
        need                           | avoir besoin +de!        | person | person thing garment car food drink machine | state
        be/was/been afraid of          | avoir peur +de!          | animate | animate event | state generic
        dream about                    | rêver +de!               | person | person event animal nature | involuntary
        talk about                     | parler +de!              | person | person film event text idea | -
        enter                          | entrer +dans (être)      | animate | building site | noPronoun
        miss                           | manquer                  | person | animate site nature | state swapped
        give/gave/given                | donner                   | person | thing text food garment animal | recipient double divisible
        show/showed/shown              | montrer                  | person | thing text garment building animal furniture way | recipient double
        send/sent/sent                 | envoyer                  | person | text thing | recipient double divisible
        lend/lent/lent                 | prêter                   | person | thing text garment car instrument machine | recipient double
        offer                          | offrir                   | person | thing garment text food | recipient double divisible
        bring/brought/brought          | apporter                 | person | thing text food drink garment | recipient double divisible
        tell/told/told                 | raconter                 | person | story | recipient double
        explain                        | expliquer                | person | idea | recipient
        return                         | rendre                   | person | thing text garment | recipient
        put/put/put/putting            | mettre                   | person | thing garment text | placement
        leave/left/left                | laisser                  | person | thing garment text | placement
        sleep/slept/slept              | dormir                   | animate | - | skilled
        work                           | travailler               | person | - | skilled moving careful
        dance                          | danser                   | person | - | skilled moving
        swim/swam/swum/swimming        | nager                    | animate | - | skilled moving careful
        run/ran/run/running            | courir                   | animate | - | moving
        walk                           | marcher                  | animate | - | moving careful
        laugh                          | rire                     | person | - | speaking
        smile                          | sourire                  | person | - | -
        cry                            | pleurer                  | person | - | involuntary
        travel                         | voyager                  | person | - | careful
        wait                           | attendre                 | animate | - | -
        think/thought/thought          | réfléchir                | person | - | -
        be/was/been hungry             | avoir faim               | animate | - | state
        be/was/been thirsty            | avoir soif               | animate | - | state
        be/was/been right              | avoir raison             | person | - | state
        arrive                         | arriver (être)           | person transport | - | daily
        leave/left/left                | partir (être)            | person transport | - | daily
        fall/fell/fallen               | tomber (être)            | animate | - | involuntary
        go/went/gone out               | sortir (être)            | animate | - | -
        go/went/gone home              | rentrer à la maison (être) | person | - | daily
        get/got/got/getting up         | se lever                 | person | - | daily
        wake/woke/woken up             | se réveiller             | person | - | daily
        go/went/gone to bed            | se coucher               | person | - | daily
        rest                           | se reposer               | animate | - | -
        hurry                          | se dépêcher              | person | - | -
        hide/hid/hidden/hiding         | se cacher                | animate | - | -
        stop/stopped/stopped/stopping  | s'arrêter                | person car transport | - | -
        get/got/got/getting dressed    | s'habiller               | person | - | -
        go/went/gone                   | aller (être)             | person | - | destination
        come/came/come                 | venir (être)             | person | - | destination
        go/went/gone down              | descendre (être)         | animate | - | -
        stay                           | rester (être)            | animate | - | dwelling
        live                           | habiter                  | person | - | state dwelling
        come/came/come                 | venir (être)             | person | - | origin
        """;

    /// <summary>Verbs that take a clause: that he is tired.</summary>
    public const string Saying = """
        think/thought/thought          | penser                   | person | - | state
        know/knew/known                | savoir                   | person | - | state
        say/said/said                  | dire                     | person | - | -
        hope                           | espérer                  | person | - | -
        believe                        | croire                   | person | - | state
        """;

    /// <summary>What the sky does; "it" is a form.</summary>
    public const string Weather = """
        rain                           | pleuvoir                 | - | - | -
        snow                           | neiger                   | - | - | -
        be/was/been cold               | faire froid              | - | - | state
        be/was/been hot                | faire chaud              | - | - | state
        be/was/been dark               | faire nuit               | - | - | state
        be/was/been late               | être tard                | - | - | state
        be/was/been early              | être tôt                 | - | - | state
        """;

    public static readonly Verb Be = Special("be", "was", "been", "être"), BeAged = Special("be", "was", "been", "avoir"),
        Cost = Special("cost", "cost", "cost", "coûter");

    static Verb Special(string present, string past, string participle, string french) =>
        new(new EnglishVerb(present, past, participle, "being"), new FrenchVerb(french), Kinds.None, Kinds.None, VerbTraits.State);
}
