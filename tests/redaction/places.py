"""What a text keeps: streets and places of Marseille, venues, services, categories, things and their counts.

All of it is public geography or ordinary French; many of the streets and venues are named after people on purpose.
"""
from names import listed

STREETS = listed("""rue Paradis, rue de Rome, avenue du Prado, boulevard Michelet, cours Julien, rue Saint-Ferréol, La Canebière,
    cours Lieutaud, rue d'Aubagne, boulevard National, rue Breteuil, avenue Roger Salengro, boulevard Baille, rue Edmond Rostand,
    rue Francis Davso, rue Albert 1er, cours Belsunce, rue Thubaneau, rue de la République, quai de Rive Neuve, quai du Port,
    avenue Jules Cantini, boulevard Chave, avenue Camille Pelletan, rue Félix Pyat, boulevard de Strasbourg, rue Loubon,
    boulevard Oddo, rue Honnorat, rue Bernard du Bois, boulevard Voltaire, boulevard Longchamp, rue Consolat,
    boulevard de la Libération, rue Saint-Pierre, boulevard Jeanne d'Arc, avenue de Toulon, rue Auguste Blanqui,
    rue Sainte-Cécile, boulevard Rabatau, avenue de Mazargues, boulevard Sainte-Marguerite, rue Alphonse Daudet,
    avenue de Lattre de Tassigny, chemin de Morgiou, chemin du Roy d'Espagne, avenue de Hambourg, avenue Pierre Mendès France,
    corniche Kennedy, rue d'Endoume, boulevard Tellène, rue Dragon, rue Fongate, rue Estelle, rue des Trois Mages,
    rue Horace Bertin, rue Benedit, rue Jean de Bernardy, rue Flégier, rue Barbaroux, allées Léon Gambetta, rue Curiol,
    rue Sénac de Meilhan, rue Vacon, rue Pavillon, rue Beauvau, rue Grignan, rue Sainte, rue Fort Notre-Dame,
    cours d'Estienne d'Orves, rue de la Loge, rue Caisserie, montée des Accoules, rue du Panier, rue de l'Évêché,
    boulevard des Dames, rue de Forbin, rue Mazenod, boulevard de Paris, rue d'Anthoine, chemin de la Madrague-Ville,
    rue de Lyon, avenue de Saint-Antoine, chemin de Sainte-Marthe, boulevard Henri Barnier, rue Marx Dormoy,
    avenue du 24 Avril 1915, rue du 141e RIA, rue Antoine Ré, boulevard Louis Villecroze, rue Jean Roque, rue Lodi,
    rue Ferrari, rue Goudard, rue du Camas, rue Jean Martin, boulevard Sakakini, avenue Maréchal Foch, rue Monte Cristo,
    avenue des Chartreux, boulevard Françoise Duparc, avenue Corot, boulevard Gémy, rue Albert Einstein, avenue Claude Monet,
    boulevard de Pont-de-Vivaux, boulevard Mireille Lauze, avenue de la Capelette, rue Rabelais, boulevard Romain Rolland,
    avenue William Booth, rue Gaston de Flotte, avenue de la Rose, boulevard Pierre Dramard, rue Rabutin Chantal,
    traverse de la Gouffonne, impasse des Peupliers, rue Saint-Savournin, rue Léon Bourgeois, rue Clovis Hugues,
    rue Levat, rue de Crimée, boulevard Camille Flammarion, rue Guy Môquet, rue Papère, rue de l'Académie, rue Rouvière,
    rue Moustier, rue des Petites Maries, rue de l'Olivier, rue des Bons Enfants, boulevard Blancarde, rue du Petit Saint-Jean,
    place du 4 Septembre, rue du Docteur Escat, rue Stanislas Torrents, rue Commandant Mages, rue Colbert, rue Berlioz""")

# (preposition with article, name)
PLACES = [tuple(part.strip() for part in line.split("|")) for line in """
au|parc Borély
au|parc Longchamp
au|parc du 26e Centenaire
au|parc François Billoux
au|parc de Maison Blanche
au|jardin Pierre Puget
au|jardin de la Magalone
à la|gare Saint-Charles
à la|gare de la Blancarde
à la|plage des Catalans
à la|plage du Prophète
à la|plage de la Pointe-Rouge
à la|place Jean Jaurès
à la|place Castellane
à la|place Estrangin-Pastré
à la|place de Lenche
à la|place aux Huiles
à la|place Thiars
à la|place Félix Baret
à la|place Alexandre Labadié
à la|place Jules Guesde
au|square Stalingrad
au|square Léon Blum
au|Vieux-Port
au|Mucem
au|Palais Longchamp
au|Vélodrome
au|Dôme
aux|Terrasses du Port
au|centre Bourse
au|marché du Soleil
au|marché aux puces
au|marché de Noailles
à la|station Réformés-Canebière
à la|station Désirée Clary
à la|station Jules Guesde
au|métro Bougainville
au|métro Sainte-Marguerite Dromel
au|métro Capitaine Gèze
à la|Vieille Charité
à la|Friche la Belle de Mai
à l'|hôpital Nord
à la|Timone
à l'|hôpital Saint-Joseph
à la|Porte d'Aix
à la|Bonne Mère
au|port de l'Estaque
au|rond-point du Prado
""".strip().splitlines()]

AREAS = listed("""La Castellane, La Bricarde, Plan d'Aou, Kallisté, Frais Vallon, La Rose, Malpassé, Les Flamants, Font-Vert,
    Air-Bel, La Valentine, Saint-Marcel, La Pomme, Saint-Loup, Les Olives, Château-Gombert, L'Estaque, Saint-André, Saint-Henri,
    Noailles, Belsunce, Le Panier, Saint-Mauront, La Belle de Mai, Les Crottes, La Cabucelle, Les Aygalades, La Viste, Verduron,
    Saint-Louis, Le Canet, Sainte-Marthe, Le Merlan, Saint-Jérôme, La Croix-Rouge, Saint-Barnabé, Les Chartreux, Cinq-Avenues,
    La Blancarde, Baille, Le Camas, Menpenti, Le Rouet, Périer, Vauban, Bompard, Le Roucas-Blanc, Mazargues, Bonneveine,
    Montredon, Les Goudes, Luminy, Pont-de-Vivaux, La Capelette, La Plaine, La Joliette, Arenc, Endoume, Saint-Victor, Félix Pyat""")

VENUES = listed("""bar Le Marius, bar des Amis, bar Chez Fernand, café Le Simone, brasserie Le Paul, bar-tabac Le Longchamp,
    snack Chez Ali, pizzeria Chez Vincent, restaurant La Mère Michel, bar Le Petit Nice, café Pierre et Paul, bar Le Jeannot,
    boulangerie Saint-Joseph, pharmacie Saint-Just, épicerie Chez Rosa, kebab Istanbul, hôtel Saint-Louis, hôtel Ibis Prado,
    Carrefour Grand Littoral, Leclerc Sormiou, Lidl Saint-Mauront, Monoprix Canebière, Décathlon Bonneveine""")

SCHOOLS = listed("""école Jean Moulin, école Jules Ferry, école Bernard Cadenat, école Félix Pyat, école Louis Pasteur,
    école Saint-Charles, collège Edgar Quinet, collège Jean-Claude Izzo, collège Rosa Parks, collège Henri Wallon,
    collège Marie Laurencin, collège Jules Ferry, lycée Victor Hugo, lycée Antonin Artaud, lycée Marcel Pagnol, lycée Saint-Exupéry,
    lycée Thiers, gymnase Vallier, gymnase Ginette Garcin, stade Jean Bouin, piscine Georges Vallerey, crèche Sainte-Anne,
    bibliothèque Alcazar, école maternelle Marie Curie, école Pommier, lycée Montgrand, collège Anatole France""")

SERVICES = listed("""BMPM, CIS, CIC, SAMU, police nationale, PN, PM, marins-pompiers, CSU, SDIS, fourrière, DPETN, BAC nord, BTC,
    Samu social, brigade canine, brigade équestre, service propreté, ONF, Enedis, GRDF, société des eaux, RTM""")

CATEGORIES = listed("""tapage nocturne, tapage diurne, nuisances sonores, rixe, dépôt sauvage, stationnement gênant,
    stationnement abusif, vol à la roulotte, vol à l'arraché, vol à l'étalage, vol de deux-roues, cambriolage, tentative de cambriolage,
    dégradations, tags, feu de poubelle, feu de véhicule, divagation de chien, chien dangereux, rodéo motorisé, rodéo urbain,
    vente à la sauvette, consommation d'alcool sur la voie publique, ivresse publique et manifeste, occupation de hall,
    regroupement gênant, différend de voisinage, différend familial, accident matériel, accident corporel, malaise voie publique,
    jets de projectiles, outrage, rébellion, mendicité agressive, épave, ventouse, mécanique sauvage, barbecue sauvage,
    tir de mortiers, feux d'artifice, squat, escroquerie, dispute de couple, affichage sauvage, trottinette sur trottoir,
    occupation illicite du domaine public, chute d'arbre, fuite d'eau, éclairage en panne""")

VEHICLES = listed("""Renault Clio, Renault Mégane, Renault Kangoo, Renault Trafic, Peugeot 208, Peugeot 307, Peugeot Partner,
    Citroën C3, Citroën Berlingo, Citroën Saxo, Volkswagen Golf, Volkswagen Polo, Audi A3, BMW Série 1, Mercedes Classe A,
    Mercedes Vito, Dacia Sandero, Dacia Duster, Fiat 500, Fiat Punto, Ford Fiesta, Ford Transit, Opel Corsa, Seat Ibiza,
    Toyota Yaris, Nissan Micra, Smart Fortwo, Alfa Romeo Giulietta, Yamaha TMAX, Piaggio Liberty, Honda SH, Kymco Agility,
    KTM Duke, Suzuki Burgman""")
COLOURS = listed("""gris clair, noir, blanc, bleu, rouge, vert, marron, beige, jaune, gris foncé, bordeaux, rose, bicolore, bleu marine""")
DOGS = listed("""malinois, berger allemand, rottweiler, american staff, jack russell, saint-bernard, cane corso, golden retriever,
    bouledogue français, yorkshire, labrador, cocker, husky, berger des Pyrénées, dogue argentin, beauceron, caniche""")

NUMBER_WORDS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix", 12: "douze",
                15: "quinze", 20: "vingt"}
COUNTED = listed("""individus, personnes, jeunes, scooters, véhicules, trottinettes, chiens, poubelles, PV, hommes, femmes,
    témoins, bouteilles, timbres amende, conteneurs, vélos, appels, effectifs, riverains, matelas, caddies, encombrants""")
ROUND_COUNTS = listed("""une dizaine de jeunes, une quinzaine de personnes, une vingtaine d'individus, une trentaine de scooters,
    une centaine de spectateurs, plusieurs individus, quelques riverains, une douzaine de véhicules""")
WEEKDAYS = listed("lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche")
MONTHS = listed("janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre")
CITIES_OF_BIRTH = listed("Marseille, Aix-en-Provence, Toulon, Lyon, Paris, Bastia, Avignon, Nice, Montpellier, Martigues")
