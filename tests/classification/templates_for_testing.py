"""Phrasings that measure the classifier: written apart from those it learns from (templates_for_training.py), with other words."""

CORES = {
    "theft": """son smartphone a été subtilisé au café
un individu est sorti du supermarché sans payer des bouteilles
sa bicyclette n'était plus là, antivol sectionné
vol de courrier et d'un colis
il s'est fait voler son cabas au marché""",
    "theft_from_vehicle": """carreau arrière brisé, un sac de sport pris à l'intérieur
auto fracturée, gps et lunettes volés
vol dans un véhicule en stationnement, vitre éclatée""",
    "vehicle_theft": """on lui a dérobé sa moto dans la nuit
véhicule signalé volé, retrouvé sur un parking
deux roues volé, fils dénudés""",
    "robbery": """deux jeunes lui ont arraché son téléphone des mains
sac arraché, la vieille dame est tombée
il a été menacé avec une lame puis volé""",
    "burglary": """porte palière fracturée, appartement retourné
des inconnus sont entrés par effraction dans le local
cambrioleurs surpris dans la maison""",
    "assault": """un homme a reçu des coups au visage
sa compagne a été battue, marques au bras
passant agressé sans motif, lèvre ouverte""",
    "fight": """plusieurs hommes se battent devant l'épicerie
grosse bagarre, une dizaine de participants
rixe à coups de barres""",
    "threats": """il dit qu'il va lui faire la peau
menaces répétées d'un ex conjoint
gardien menacé de représailles""",
    "vandalism": """vitrine brisée par des jets de pierres
voitures rayées et rétroviseurs arrachés
boîtes aux lettres dégradées""",
    "drug_dealing": """guetteurs postés, vente de résine dans l'entrée
barrettes de cannabis trouvées sur un client
consommation de crack sous le porche""",
    "weapons": """détonations, une douille retrouvée
individu vu avec un couteau à la main
saisie d'un pistolet""",
    "fraud": """faux policier au téléphone, carte bancaire remise
escroquerie au faux virement
billets contrefaits""",
    "arson": """feu mis volontairement à une voiture
un individu a versé de l'essence et allumé""",
    "nuisance_gathering": """groupe de jeunes assis dans l'entrée, locataires gênés
regroupement devant la porte, passage difficile
une quinzaine d'individus occupent le hall""",
    "disturbance": """homme qui vocifère et importune les passants
dispute bruyante dans la rue""",
    "public_drunkenness": """individu ivre qui ne tient pas debout
homme alcoolisé couché par terre, ivresse
personnes buvant de l'alcool sur les marches""",
    "fireworks": """mortiers tirés en direction des immeubles
feu d'artifice sauvage
explosions de pétards""",
    "bomb_alert": """sac abandonné, secteur évacué, démineurs
valise suspecte devant la gare""",
    "street_vending": """vendeurs de cigarettes chassés
étal à même le sol, vente à la sauvette
marchandises de contrefaçon abandonnées par un vendeur""",
    "illegal_occupation": """squatteurs dans un logement vacant
tentes plantées dans le jardin, campement
installation de caravanes""",
    "terrace_overflow": """la terrasse du bar prend tout le trottoir
tables hors de l'emprise autorisée""",
    "works_site": """chantier sans barrières, danger pour les piétons
échafaudage mal fixé""",
    "place_dispute": """deux forains se disputent un emplacement
désaccord de voisins pour une place""",
    "parking": """voitures sur le trottoir, piétons sur la route
véhicule mal garé devant un portail
double file devant l'école, verbalisations
stationnement sur emplacement réservé handicapé""",
    "abandoned_vehicle": """épave de voiture sans plaques
véhicule ventouse, toiles d'araignée""",
    "towing": """véhicule enlevé par la fourrière
dépanneuse requise pour une mise en fourrière""",
    "micromobility": """trottinettes abandonnées en plein passage
vélos en libre service qui encombrent le trottoir""",
    "traffic_offence": """conducteur au téléphone, contravention
il a brûlé le feu rouge
contrôle de vitesse, automobilistes verbalisés""",
    "dangerous_driving": """rodéo de scooters en roue arrière
un quad roule comme un fou sur l'esplanade
refus d'obtempérer d'une voiture""",
    "road_accident": """deux véhicules accidentés, pas de blessé
carambolage, bouchon
une voiture a percuté un piéton""",
    "cyclist_accident": """un cycliste a été heurté, bras cassé
chute d'un cycliste percuté par un bus""",
    "disabled_vehicle": """camion en panne sur la voie de droite
auto immobilisée, batterie vide""",
    "road_obstruction": """grosse branche en travers de la route
objet tombé d'un camion, voie encombrée""",
    "noise_neighbourhood": """musique à fond chez les voisins
tapage dans un appartement, fête
aboiements continus la nuit""",
    "noise_venue": """le bar fait trop de bruit, sono
boîte de nuit, basses et clients qui crient""",
    "noise_works": """marteau-piqueur trop tôt
engins de chantier bruyants de nuit""",
    "noise_vehicle": """motos au pot trafiqué, vacarme
klaxon sans arrêt d'une voiture""",
    "illegal_dumping": """encombrants déposés au coin de la rue
canapé et frigo jetés sur le trottoir
dépôt sauvage de gravats""",
    "overflowing_bin": """poubelles pleines, ramassage non fait
conteneurs qui débordent""",
    "litter": """détritus partout sur la place
crottes de chien et papiers par terre""",
    "graffiti": """mur tagué à la bombe
graffiti sur la mairie""",
    "sanitation": """des rats dans le local à ordures
égout bouché, odeur infecte
logement envahi de cafards""",
    "medical_emergency": """dame qui fait un malaise, pompiers demandés
homme inanimé au sol
personne tombée dans l'escalier, blessée""",
    "road_accident_rescue": """automobiliste incarcéré, secours engagés
voiture sur le toit, blessés évacués par les secours""",
    "rescue": """baigneur repêché
personne coincée dans l'ascenseur""",
    "fire_building": """flammes au troisième étage d'un immeuble
incendie dans un appartement""",
    "fire_vehicle": """une voiture brûle
scooter incendié""",
    "fire_bin": """poubelle en feu
conteneur qui brûle""",
    "fire_vegetation": """feu d'herbes sur le talus
incendie de garrigue""",
    "fire_other": """feu de palettes et de cartons
fumée noire, cause inconnue""",
    "alarm": """alarme d'un magasin, site vérifié
l'alarme de l'école sonne""",
    "gas_leak": """forte odeur de gaz
fuite de gaz sur un chantier, évacuation""",
    "street_lighting": """plus d'éclairage dans la rue
lampadaires éteints""",
    "road_defect": """gros trou dans la chaussée
plaque d'égout cassée
pavés descellés""",
    "animal": """chien sans laisse qui divague
un chien a mordu un passant
chat bloqué sur un toit""",
    "assistance": """vieille dame perdue raccompagnée chez elle
enfant perdu rendu à sa mère
renseignements donnés à des touristes""",
    "transit_incident": """bus caillassé
voyageur agressif dans la rame de métro""",
    "school_incident": """bousculade d'élèves devant le collège
intrus dans la cour de l'école""",
    "administrative": """convocation remise en mains propres
arrêté notifié au gérant
rapport transmis""",
}
NOTHING_FITS = """ok bien reçu
changement de batterie de la radio
pause du groupe
ras
voir suite
test du matin, tout fonctionne"""
OPENINGS = ["", "", "", "Un habitant signale : ", "TN : ", "Vu ce jour ", "Message : ", "bonjour, "]
PLACES = ["rue Breteuil", "à la Joliette", "boulevard National", "place Jean Jaurès", "rue d'Aubagne", "avenue de Mazargues", "chemin de Sainte-Marthe", ""]
ENDINGS = ["", "", ", vers minuit", ", 10h20", ", merci d'intervenir", ", équipe sur place", ", rien à ajouter"]
