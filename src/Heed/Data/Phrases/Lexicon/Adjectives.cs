namespace Heed.Data.Phrases;

/// <summary>
/// English / comparative | French masculine / feminine / before a vowel | side | scale | kinds of nouns it fits.
/// Without a comparative it is not compared; "more" is written out. The regular feminine is left out, "=" marks what never changes.
/// Nothing is two things on one scale; + and - say which end pleases.
/// </summary>
internal static class Adjectives
{
    public const string Table = """
        big/bigger                 | grand                   | before    | size       | animal building site open furniture container car machine
        tall/taller                | grand                   | before    | size       | person
        small/smaller              | petit                   | before    | size       | animate building site furniture thing garment car
        old/older                  | vieux/vieille/vieil     | before    | -age       | animate building site furniture thing garment car text film
        new                        | nouveau/nouvelle/nouvel | before    | +age       | building furniture thing garment car text song film idea
        young/younger              | jeune                   | before    | +age       | animate
        beautiful/more beautiful   | beau/belle/bel          | before    | +beauty    | animate building site nature garment song furniture instrument
        pretty/prettier            | joli                    | before    | +beauty    | garment site thing nature song
        good/better                | bon/bonne               | before    | +worth     | food drink text idea film song
        bad/worse                  | mauvais                 | before    | -worth     | text idea film song
        long/longer                | long/longue             | before    | length     | text garment way song film event
        fat/fatter                 | gros/grosse             | before    | -size      | animal
        high/higher                | haut                    | before    | -          | part
        short/shorter              | court                   | after     | length     | text film event way
        black                      | noir                    | after     | color      | animal garment car furniture thing
        white                      | blanc/blanche           | after     | color      | animal garment car furniture thing building
        red                        | rouge                   | after     | color      | garment car furniture thing part
        blue                       | bleu                    | after     | color      | garment car furniture thing open
        green                      | vert                    | after     | color      | garment car furniture thing open
        yellow                     | jaune                   | after     | color      | garment car furniture thing
        gray                       | gris                    | after     | color      | animal garment car furniture
        brown                      | marron/=                | after     | color      | animal garment furniture
        French                     | français                | after     | nation     | person text song film car building
        English                    | anglais                 | after     | nation     | person text song film garment
        Italian                    | italien                 | after     | nation     | person text song film car garment furniture
        Spanish                    | espagnol                | after     | nation     | person text song film
        Chinese                    | chinois                 | after     | nation     | person text film furniture
        foreign                    | étranger                | after     | nation     | person text film car
        expensive/more expensive   | cher                    | after     | -expensive | furniture thing garment car machine instrument
        clean/cleaner              | propre                  | after     | +dirt      | garment building car site furniture fragile
        dirty/dirtier              | sale                    | after     | -dirt      | garment animal car site furniture fragile
        empty                      | vide                    | after     | -fill      | building container site fragile
        full                       | plein                   | after     | fill       | container
        heavy/heavier              | lourd                   | after     | -weight    | furniture thing machine
        light/lighter              | léger                   | after     | weight     | garment container
        round                      | rond                    | after     | -          | surface fragile
        fast/faster                | rapide                  | after     | +speed     | animal car transport
        slow/slower                | lent                    | after     | -speed     | transport song
        strong/stronger            | fort                    | after     | +force     | animate
        weak/weaker                | faible                  | after     | -force     | animate
        rich/richer                | riche                   | after     | +wealth    | person
        poor/poorer                | pauvre                  | after     | -wealth    | person
        sick                       | malade                  | after     | -force     | animate
        happy/happier              | heureux                 | after     | +mood      | person
        sad/sadder                 | triste                  | after     | -mood      | person song text film
        proud/prouder              | fier                    | after     | -pride     | person
        serious/more serious       | sérieux                 | after     | -          | person text
        curious/more curious       | curieux                 | after     | -          | animate
        jealous/more jealous       | jaloux/jalouse          | after     | -pride     | person
        nice/nicer                 | gentil/gentille         | after     | +manners   | animate
        intelligent/more intelligent | intelligent             | after     | +mind      | animate
        famous/more famous         | célèbre                 | after     | +famous    | person text song film building
        lazy/lazier                | paresseux               | after     | -force     | animate
        brave/braver               | courageux               | after     | +nerve     | animate
        shy/shyer                  | timide                  | after     | -nerve     | animate
        honest/more honest         | honnête                 | after     | +honest    | person
        polite/more polite         | poli                    | after     | +manners   | person
        active/more active         | actif                   | after     | +force     | animate
        crazy/crazier              | fou/folle               | after     | -mind      | person idea
        quiet/quieter              | calme                   | after     | +quiet     | person site animal
        interesting/more interesting | intéressant             | after     | +interest  | text idea film event building
        boring/more boring         | ennuyeux                | after     | -interest  | text film event
        easy/easier                | facile                  | after     | +ease      | question event
        difficult/more difficult   | difficile               | after     | -ease      | question text event
        important/more important   | important               | after     | +important | text idea event
        useful/more useful         | utile                   | after     | +useful    | thing machine idea
        dangerous/more dangerous   | dangereux               | after     | -dangerous | animal way car
        delicious                  | délicieux               | after     | +worth     | food drink
        hot/hotter                 | chaud                   | after     | heat       | drink
        cold/colder                | froid                   | after     | heat       | drink nature
        fresh/fresher              | frais/fraîche           | after     | +fresh     | food drink
        dry/drier                  | sec/sèche               | after     | -          | garment site
        soft/softer                | doux/douce              | after     | +soft      | garment
        modern/more modern         | moderne                 | after     | +modern    | building furniture machine
        comfortable/more comfortable | confortable             | after     | +comfortable | surface car
        narrow/narrower            | étroit                  | after     | -width     | way
        wide/wider                 | large                   | after     | width      | way
        public                     | public/publique         | after     | -          | town
        secret                     | secret/secrète          | after     | -          | text open
        special                    | spécial                 | after     | +special   | event thing
        open                       | ouvert                  | after     | +door      | open town
        closed                     | fermé                   | after     | -door      | open town
        broken                     | cassé                   | after     | -broken    | fragile machine furniture
        tired/more tired           | fatigué                 | predicate | -force     | animate
        ready                      | prêt                    | predicate | -          | person transport
        satisfied                  | satisfait               | predicate | mood       | person
        worried/more worried       | inquiet/inquiète        | predicate | -mood      | person
        """;
}
