namespace Heed.Data.Phrases;

/// <summary>
/// English / comparative | French masculine / feminine / before a vowel | side | kinds of nouns it fits.
/// Without a comparative it is not compared; "more" is written out. The regular feminine is left out.
/// </summary>
internal static class Adjectives
{
    public const string Table = """
        big / bigger             | grand                     | before    | animal building site open furniture container car machine
        tall / taller            | grand                     | before    | person
        small / smaller          | petit                     | before    | person animal building site furniture thing garment car text
        old / older              | vieux / vieille / vieil   | before    | person animal building site furniture thing garment car transport text film machine instrument way
        new / newer              | nouveau / nouvelle / nouvel | before  | building furniture thing garment car text song film machine idea instrument
        young / younger          | jeune                     | before    | person animal
        beautiful / more beautiful | beau / belle / bel      | before    | person animal building site nature garment song furniture instrument
        pretty / prettier        | joli                      | before    | person garment site thing nature song
        good / better            | bon / bonne               | before    | food drink text idea film song
        bad                      | mauvais                   | before    | text idea film song
        long / longer            | long / longue             | before    | text garment way song film event
        fat / fatter             | gros / grosse             | before    | animal
        high / higher            | haut                      | before    | part
        black                    | noir                      | after     | animal garment car furniture thing
        white                    | blanc / blanche           | after     | animal garment car furniture thing building
        red                      | rouge                     | after     | garment car furniture thing part
        blue                     | bleu                      | after     | garment car furniture thing open
        green                    | vert                      | after     | garment car furniture thing open
        yellow                   | jaune                     | after     | garment car furniture thing
        gray                     | gris                      | after     | animal garment car furniture
        brown                    | marron / =                | after     | animal garment furniture
        French                   | français                  | after     | person text song film car building
        English                  | anglais                   | after     | person text song film garment
        Italian                  | italien                   | after     | person text song film car garment furniture
        Spanish                  | espagnol                  | after     | person text song film
        Chinese                  | chinois                   | after     | person text film furniture
        foreign                  | étranger                  | after     | person text film car
        expensive / more expensive | cher                    | after     | furniture thing garment car machine instrument
        clean / cleaner          | propre                    | after     | garment building car site furniture fragile
        dirty / dirtier          | sale                      | after     | garment animal car site furniture fragile
        empty                    | vide                      | after     | building container site fragile
        full                     | plein                     | after     | container
        heavy / heavier          | lourd                     | after     | furniture thing machine
        light / lighter          | léger                     | after     | garment container
        round                    | rond                      | after     | surface fragile
        fast / faster            | rapide                    | after     | animal car transport
        slow / slower            | lent                      | after     | transport song
        strong / stronger        | fort                      | after     | person animal
        weak / weaker            | faible                    | after     | person animal
        rich / richer            | riche                     | after     | person site
        poor / poorer            | pauvre                    | after     | person site
        sick                     | malade                    | after     | person animal
        happy / happier          | heureux                   | after     | person
        sad / sadder             | triste                    | after     | person song text film
        proud / prouder          | fier                      | after     | person
        serious / more serious   | sérieux                   | after     | person text
        curious / more curious   | curieux                   | after     | person animal
        jealous / more jealous   | jaloux / jalouse          | after     | person
        nice / nicer             | gentil / gentille         | after     | person animal
        intelligent / more intelligent | intelligent         | after     | person animal
        famous / more famous     | célèbre                   | after     | person text song film building
        lazy / lazier            | paresseux                 | after     | person animal
        brave / braver           | courageux                 | after     | person animal
        shy / shyer              | timide                    | after     | person animal
        honest / more honest     | honnête                   | after     | person
        polite / more polite     | poli                      | after     | person
        active / more active     | actif                     | after     | person animal
        crazy / crazier          | fou / folle               | after     | person idea
        quiet / quieter          | calme                     | after     | person site animal
        interesting / more interesting | intéressant         | after     | text idea film event building
        boring / more boring     | ennuyeux                  | after     | text film event
        easy / easier            | facile                    | after     | question event
        difficult / more difficult | difficile               | after     | question text event
        important / more important | important               | after     | text idea event
        useful / more useful     | utile                     | after     | thing machine idea
        dangerous / more dangerous | dangereux               | after     | animal way car idea
        delicious / more delicious | délicieux               | after     | food drink
        hot / hotter             | chaud                     | after     | drink
        cold / colder            | froid                     | after     | drink nature
        fresh / fresher          | frais / fraîche           | after     | food drink
        dry / drier              | sec / sèche               | after     | garment site
        soft / softer            | doux / douce              | after     | garment
        modern / more modern     | moderne                   | after     | building furniture machine
        comfortable / more comfortable | confortable         | after     | surface car
        narrow / narrower        | étroit                    | after     | way
        wide / wider             | large                     | after     | way
        public                   | public / publique         | after     | site
        secret                   | secret / secrète          | after     | text open
        special                  | spécial                   | after     | event thing food
        open                     | ouvert                    | after     | open town
        closed                   | fermé                     | after     | open town
        broken                   | cassé                     | after     | fragile machine furniture
        tired                    | fatigué                   | predicate | person animal
        ready                    | prêt                      | predicate | person transport
        satisfied                | satisfait                 | predicate | person
        worried                  | inquiet / inquiète        | predicate | person
        """;
}
