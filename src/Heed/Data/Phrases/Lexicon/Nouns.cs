namespace Heed.Data.Phrases;

/// <summary>English/irregular plural | French/irregular plural | gender | kinds. Mass nouns have no plural.</summary>
internal static class Nouns
{
    public const string Table = """
        man/men        | homme                     | m | person
        woman/women    | femme                     | f | person
        boy              | garçon                    | m | person
        girl             | fille                     | f | person
        child/children | enfant                    | m | person friend
        lady             | dame                      | f | person
        father           | père                      | m | person kin sole
        mother           | mère                      | f | person kin sole
        brother          | frère                     | m | person kin
        sister           | sœur                      | f | person kin
        uncle            | oncle                     | m | person kin
        aunt             | tante                     | f | person kin
        cousin           | cousin                    | m | person kin
        grandfather      | grand-père/grands-pères | m | person kin sole
        grandmother      | grand-mère/grands-mères | f | person kin sole
        friend           | ami                       | m | person friend
        neighbor         | voisin                    | m | person friend
        teacher          | professeur                | m | person
        doctor           | médecin                   | m | person
        student          | étudiant                  | m | person
        baker            | boulanger                 | m | person
        farmer           | fermier                   | m | person
        king             | roi                       | m | person
        queen            | reine                     | f | person
        princess         | princesse                 | f | person
        hero/heroes    | héros                     | m | person
        lawyer           | avocat                    | m | person
        singer           | chanteur                  | m | person
        actress          | actrice                   | f | person
        nurse            | infirmière                | f | person
        soldier          | soldat                    | m | person
        tourist          | touriste                  | m | person
        guest            | invité                    | m | person
        engineer         | ingénieur                 | m | person
        worker           | ouvrier                   | m | person
        waitress         | serveuse                  | f | person

        cat           | chat           | m | animal pet
        dog           | chien          | m | animal pet
        horse         | cheval         | m | animal
        bird          | oiseau         | m | animal pet
        mouse/mice  | souris         | f | animal pet
        cow           | vache          | f | animal
        rabbit        | lapin          | m | animal pet
        owl           | hibou/hiboux | m | animal
        hamster       | hamster        | m | animal pet
        hedgehog      | hérisson       | m | animal pet
        donkey        | âne            | m | animal
        elephant      | éléphant       | m | animal
        frog          | grenouille     | f | animal pet
        fox           | renard         | m | animal
        wolf/wolves | loup           | m | animal
        duck          | canard         | m | animal pet
        hen           | poule          | f | animal pet
        squirrel      | écureuil       | m | animal pet
        turtle        | tortue         | f | animal pet
        bear          | ours           | m | animal

        apple             | pomme                            | f | food
        orange            | orange                           | f | food
        pear              | poire                            | f | food
        strawberry        | fraise                           | f | food
        cherry            | cerise                           | f | food
        tomato/tomatoes | tomate                           | f | food
        potato/potatoes | pomme de terre/pommes de terre | f | food
        carrot            | carotte                          | f | food
        onion             | oignon                           | m | food
        bean              | haricot                          | m | food
        egg               | œuf                              | m | food
        cake              | gâteau                           | m | food
        cookie            | biscuit                          | m | food
        pancake           | crêpe                            | f | food
        oyster            | huître                           | f | food
        lobster           | homard                           | m | food
        bread             | pain                             | m | food mass
        cheese            | fromage                          | m | food mass
        meat              | viande                           | f | food mass
        fish              | poisson                          | m | food mass
        rice              | riz                              | m | food mass
        soup              | soupe                            | f | food mass
        honey             | miel                             | m | food mass
        chocolate         | chocolat                         | m | food mass
        ice cream         | glace                            | f | food mass
        jam               | confiture                        | f | food mass
        water             | eau                              | f | drink mass
        milk              | lait                             | m | drink mass
        wine              | vin                              | m | drink mass
        beer              | bière                            | f | drink mass
        coffee            | café                             | m | drink mass
        tea               | thé                              | m | drink mass
        juice             | jus                              | m | drink mass

        letter     | lettre       | f | text reply
        book       | livre        | m | text thing
        newspaper  | journal      | m | text
        novel      | roman        | m | text
        poem       | poème        | m | text learnable
        article    | article      | m | text
        message    | message      | m | text reply
        report     | rapport      | m | text
        dictionary | dictionnaire | m | text
        notebook   | cahier       | m | text thing
        story      | histoire     | f | text idea story
        map        | carte        | f | text
        lesson     | leçon        | f | idea event learnable
        exercise   | exercice     | m | idea exercise
        problem    | problème     | m | idea question
        rule       | règle        | f | idea rule learnable
        idea       | idée         | f | idea
        question   | question     | f | idea question reply
        word       | mot          | m | idea learnable word
        answer     | réponse      | f | idea
        song       | chanson      | f | song
        film       | film         | m | film

        dress           | robe      | f | garment
        shirt           | chemise   | f | garment
        coat            | manteau   | m | garment
        hat             | chapeau   | m | garment
        shoe            | chaussure | f | garment
        boot            | botte     | f | garment
        scarf/scarves | écharpe   | f | garment
        skirt           | jupe      | f | garment
        jacket          | veste     | f | garment
        glove           | gant      | m | garment
        sweater         | pull      | m | garment
        uniform         | uniforme  | m | garment

        car        | voiture     | f | car machine
        truck      | camion      | m | car machine
        bus        | autobus     | m | car transport machine
        taxi       | taxi        | m | car transport
        ambulance  | ambulance   | f | car machine
        train      | train       | m | transport
        plane      | avion       | m | transport machine
        boat       | bateau      | m | transport machine
        bicycle    | vélo        | m | machine
        helicopter | hélicoptère | m | transport machine

        house      | maison       | f | building
        castle     | château      | m | building landmark
        church     | église       | f | building town
        hotel      | hôtel        | m | building town
        hospital   | hôpital      | m | building town
        factory    | usine        | f | building town
        museum     | musée        | m | building town
        theater    | théâtre      | m | building town
        shop       | magasin      | m | building
        restaurant | restaurant   | m | building town
        library    | bibliothèque | f | building town
        university | université   | f | town
        station    | gare         | f | building town
        airport    | aéroport     | m | town
        market     | marché       | m | town
        beach      | plage        | f | town
        farm       | ferme        | f | building
        apartment  | appartement  | m | building
        tower      | tour         | f | building landmark
        wall       | mur          | m | building landmark
        world      | monde        | m | range sole
        village    | village      | m | site
        town       | ville        | f | site
        garden     | jardin       | m | site
        park       | parc         | m | site
        forest     | forêt        | f | site
        kitchen    | cuisine      | f | site
        room       | chambre      | f | site
        field      | champ        | m | site
        street     | rue          | f | site way
        bridge     | pont         | m | way
        river      | rivière      | f | nature landmark way
        mountain   | montagne     | f | nature landmark
        island     | île          | f | nature landmark
        lake       | lac          | m | nature landmark
        sea        | mer          | f | nature landmark sole
        tree       | arbre        | m | nature landmark
        star       | étoile       | f | nature
        cloud      | nuage        | m | nature

        table           | table          | f | furniture surface
        chair           | chaise         | f | furniture surface
        bed             | lit            | m | furniture surface
        armchair        | fauteuil       | m | furniture surface
        desk            | bureau         | m | furniture surface
        bench           | banc           | m | furniture surface
        wardrobe        | armoire        | f | furniture container
        shelf/shelves | étagère        | f | furniture surface
        mirror          | miroir         | m | furniture fragile
        lamp            | lampe          | f | furniture fragile machine
        clock           | horloge        | f | furniture machine
        carpet          | tapis          | m | furniture surface
        door            | porte          | f | open part
        window          | fenêtre        | f | open part fragile
        roof            | toit           | m | part
        key             | clé            | f | thing part
        bag             | sac            | m | thing container open
        box             | boîte          | f | thing container open
        suitcase        | valise         | f | thing container open
        basket          | panier         | m | thing container
        pen             | stylo          | m | thing
        pencil          | crayon         | m | thing
        knife/knives  | couteau        | m | thing
        fork            | fourchette     | f | thing
        spoon           | cuillère       | f | thing
        plate           | assiette       | f | thing fragile
        glass           | verre          | m | thing fragile
        cup             | tasse          | f | thing fragile
        bottle          | bouteille      | f | thing fragile open
        umbrella        | parapluie      | m | thing
        ball            | ballon         | m | thing
        flower          | fleur          | f | thing nature
        gift            | cadeau         | m | thing
        ticket          | billet         | m | thing
        photo           | photo          | f | thing
        painting        | tableau        | m | thing
        toy             | jouet          | m | thing
        watch           | montre         | f | thing machine
        ring            | bague          | f | thing
        jewel           | bijou/bijoux | m | thing
        hammer          | marteau        | m | thing
        axe             | hache          | f | thing
        sword           | épée           | f | thing
        flag            | drapeau        | m | thing
        computer        | ordinateur     | m | thing machine
        phone           | téléphone      | m | thing machine
        radio           | radio          | f | thing machine
        piano           | piano          | m | instrument
        guitar          | guitare        | f | instrument
        violin          | violon         | m | instrument
        flute           | flûte          | f | instrument
        harp            | harpe          | f | instrument
        football        | football       | m | sport mass
        tennis          | tennis         | m | sport mass
        hockey          | hockey         | m | sport mass
        French          | français       | m | language mass
        English         | anglais        | m | language mass
        Spanish         | espagnol       | m | language mass
        Italian         | italien        | m | language mass
        German          | allemand       | m | language mass
        Chinese         | chinois        | m | language mass
        meeting         | réunion        | f | event
        match           | match          | m | event match
        concert         | concert        | m | event
        party           | fête           | f | event
        exam            | examen         | m | event
        wedding         | mariage        | m | event
        journey         | voyage         | m | event
        class           | cours          | m | event
        """;
}
