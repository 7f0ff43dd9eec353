"""What happened, by category of the taxonomy: the phrasings from which the classifier learns. Those that measure it are written apart
(templates_for_testing.py). One phrasing a line."""

CORES = {
    "theft": """vol d'un téléphone portable posé sur une table
on lui a pris son portefeuille dans la poche sans qu'il s'en rende compte
vol à l'étalage dans un magasin, l'auteur est parti avec des parfums
son sac à main a été dérobé pendant qu'elle était assise
vol de vélo attaché à un poteau
pickpocket dans la file d'attente, plus de carte ni d'espèces
une sacoche volée sur un banc
vol simple de trottinette électrique devant un commerce
vol à la tire, la victime n'a rien vu""",
    "theft_from_vehicle": """vol à la roulotte, vitre brisée et sac dérobé dans la voiture
vitre côté passager cassée, l'autoradio a disparu
fouille d'un véhicule stationné, documents volés dans la boîte à gants
vol d'effets personnels dans une voiture, serrure forcée
on a cassé la vitre de sa voiture pour prendre un ordinateur
vol d'outils dans un fourgon d'artisan, porte arrière forcée
coffre de la voiture ouvert et bagages volés""",
    "vehicle_theft": """vol de son scooter stationné devant chez lui
sa voiture a disparu de la place où elle était garée
vol de véhicule, découverte d'une voiture volée inscrite au fichier
scooter volé retrouvé sans ses plaques, neiman forcé
découverte d'une moto volée, propriétaire avisé
plainte pour vol d'automobile pendant la nuit
voiture volée abandonnée moteur tournant""",
    "robbery": """vol avec violence, chaîne en or arrachée au cou
vol à l'arraché d'un sac par deux individus en scooter
victime frappée puis dépouillée de son téléphone
vol sous la menace d'un couteau
arrachage de collier sur une personne âgée qui a chuté
braquage d'un commerce, caisse emportée sous la menace d'une arme
il a été roué de coups et on lui a pris son portable""",
    "burglary": """cambriolage d'un appartement, porte fracturée
effraction d'un local commercial, tiroir-caisse vidé
porte d'entrée forcée au pied de biche, logement fouillé
tentative de cambriolage, serrure endommagée
cave visitée, cadenas coupé
intrusion dans une villa, bijoux dérobés
rideau métallique forcé pendant la nuit, marchandise volée dans le magasin""",
    "assault": """agression physique, victime frappée au visage
coups de poing portés à un passant sans raison
violences conjugales, la femme présente des hématomes
un homme a été agressé et saigne du nez
violences volontaires sur un agent, coup de tête
une personne giflée et poussée au sol
coups et blessures, victime conduite à l'hôpital""",
    "fight": """rixe entre plusieurs individus
bagarre générale devant un bar
deux groupes se battent à coups de chaises
échange de coups entre deux hommes alcoolisés, séparés
bagarre entre jeunes à la sortie, dispersés
rixe en cours avec bâtons
plusieurs personnes se battent au milieu de la place""",
    "threats": """menaces de mort proférées par son voisin
menacé verbalement, il lui a dit qu'il allait le tuer
menaces et intimidations répétées contre la gardienne
un individu la menace par messages
insultes et menaces envers un agent
il menace de revenir avec ses frères
chantage et menaces à l'encontre d'un commerçant""",
    "vandalism": """dégradations sur un abribus, vitre brisée
rétroviseurs cassés sur plusieurs voitures
porte vitrée du hall détruite à coups de pied
dégradation de mobilier urbain, banc arraché
pneus crevés sur des véhicules en stationnement
caméra de vidéoprotection détériorée
des jeunes cassent les jeux du square""",
    "drug_dealing": """point de deal, trafic de stupéfiants dans un hall
vente de cannabis au pied de l'immeuble, guetteurs en place
saisie de résine de cannabis et de cocaïne
consommateur de drogue, seringues et pipe à crack
transaction de stupéfiants observée, acheteur contrôlé
découverte d'un sac de drogue derrière une gaine
chouf et charbonneur dans la cité, trafic visible""",
    "weapons": """coups de feu entendus, douilles au sol
individu porteur d'un couteau
tirs d'arme automatique, kalachnikov
un homme armé d'un pistolet
découverte d'une arme de poing dans un buisson
arme blanche saisie lors d'une palpation
homme avec une machette dans la rue""",
    "fraud": """escroquerie à la carte bancaire
faux agent des eaux chez une personne âgée
arnaque sur internet, virement effectué
retraits frauduleux sur son compte
faux billets de banque remis à un commerçant
usurpation d'identité, crédit pris à son nom
faux plombier, chèque encaissé""",
    "arson": """incendie volontaire d'un véhicule
feu allumé volontairement dans un hall d'immeuble
incendiaire vu avec un bidon d'essence
départ de feu criminel, traces d'hydrocarbure
jet de cocktail molotov sur une façade""",
    "nuisance_gathering": """regroupement de jeunes dans le hall qui gênent le passage
attroupement gênant devant l'entrée de l'immeuble
groupe d'individus installés dans la cage d'escalier
rassemblement d'une dizaine de personnes bloquant l'accès
jeunes qui squattent les marches, invités à partir
occupation du hall par un groupe, dispersés""",
    "disturbance": """trouble à la tranquillité publique, cris dans la rue
un individu crie et gesticule au milieu des passants
homme agité qui importune les clients
différend verbal bruyant sur la voie publique
une personne hurle sous les fenêtres
individu perturbé qui insulte les passants""",
    "public_drunkenness": """ivresse publique et manifeste, individu titubant
homme ivre allongé sur le trottoir
personne fortement alcoolisée conduite en dégrisement
consommation d'alcool sur la voie publique, bouteilles vidées
ivrogne qui dort devant une vitrine, haleine alcoolisée""",
    "fireworks": """tirs de mortiers d'artifice vers les façades
feux d'artifice tirés par des jeunes
pétards lancés dans la rue
usage de fusées et de mortiers pendant la nuit
tir de feu d'artifice depuis la place""",
    "bomb_alert": """colis suspect, périmètre de sécurité mis en place
bagage abandonné, démineurs demandés
alerte à la bombe, évacuation du bâtiment
valise sans propriétaire, levée de doute par les démineurs
appel anonyme annonçant un engin explosif""",
    "street_vending": """vente à la sauvette de cigarettes
vendeurs à la sauvette évincés, marchandise abandonnée
saisie de paquets de cigarettes de contrebande
vendeurs ambulants sans autorisation sur le trottoir
marché sauvage, biffins installés au sol
vente illégale de contrefaçons sur un drap""",
    "illegal_occupation": """squat d'un appartement vide
campement de tentes sur un terrain
occupation illicite d'un immeuble, expulsion
caravanes installées sur un parking sans droit
occupants sans titre dans une maison abandonnée
abri de fortune installé sous le pont""",
    "terrace_overflow": """terrasse de restaurant qui dépasse l'emprise autorisée
tables et chaises débordant sur le trottoir
contrôle de terrasse, dépassement constaté
terrasse non autorisée, procès-verbal à l'exploitant
chevalet et tables gênent le passage des poussettes""",
    "works_site": """chantier mal balisé, barrières renversées
échafaudage sans protection pour les piétons
gravats de chantier laissés sur le trottoir
travaux sans autorisation sur la chaussée
tranchée ouverte sans signalisation de chantier""",
    "place_dispute": """différend entre deux commerçants pour un emplacement
litige de stationnement entre voisins pour une place
dispute pour un emplacement de marché
désaccord entre riverains au sujet d'un accès
différend de voisinage à propos d'un passage""",
    "parking": """stationnement gênant sur un passage piéton
véhicule garé sur une place réservée aux handicapés
voiture en double file, procès-verbal
stationnement sur trottoir, conducteur verbalisé
véhicule stationné devant un garage, sortie bloquée
verbalisation de véhicules en stationnement interdit
camion en stationnement très gênant sur la voie de bus""",
    "abandoned_vehicle": """véhicule ventouse depuis plusieurs semaines
épave sur le parking, pneus à plat
voiture abandonnée sans roues
véhicule hors d'usage, ne bouge plus depuis des mois
carcasse de scooter laissée sur le trottoir""",
    "towing": """enlèvement d'un véhicule par la fourrière
mise en fourrière effectuée, dépanneuse sur place
fourrière demandée, véhicule enlevé
véhicule chargé par la grue et conduit au dépôt
procédure d'enlèvement, fiche descriptive remplie""",
    "micromobility": """trottinettes en libre service couchées sur le trottoir
trottinettes qui bloquent le passage des piétons
vélos en libre service jetés sur la chaussée
trottinette électrique gênante devant la rampe d'accès
amas de trottinettes à enlever""",
    "traffic_offence": """feu rouge grillé, conducteur verbalisé
usage du téléphone au volant
excès de vitesse relevé
circulation sur la voie réservée aux bus
défaut d'assurance lors d'un contrôle routier
conducteur sans permis
non port de la ceinture, amende""",
    "dangerous_driving": """rodéo motorisé, roues arrières
quad et motocross qui roulent sur les trottoirs
refus d'obtempérer, fuite à vive allure
conduite dangereuse, il roule à contresens
courses de voitures et dérapages sur le parking
scooter qui slalome sans casque à toute vitesse""",
    "road_accident": """accident de la circulation entre deux voitures
accrochage, constat amiable
collision entre une voiture et un scooter, blessé léger
accident matériel, circulation ralentie
choc avec un bus, dégâts sur la carrosserie
piéton renversé par une voiture
accident avec délit de fuite""",
    "cyclist_accident": """cycliste renversé par une voiture
cycliste blessé après une chute
collision entre un vélo et un camion, cycliste à terre
accident corporel impliquant un cycliste
portière ouverte sur un vélo, le cycliste est blessé""",
    "disabled_vehicle": """véhicule en panne au milieu de la chaussée
bus en panne, circulation difficile
voiture immobilisée, plus de batterie
camion en panne mécanique dans le tunnel
panne d'essence, le conducteur attend la dépanneuse""",
    "road_obstruction": """arbre tombé sur la chaussée
obstacle sur la voie, branche au milieu de la route
chargement perdu par un camion
barrières au milieu de la route
câble tombé qui barre la rue
chute de pierres sur la route""",
    "noise_neighbourhood": """tapage nocturne, musique forte dans un appartement
nuisances sonores chez le voisin du dessus
fête bruyante, le son est baissé à notre arrivée
cris et musique dans le logement
chien qui aboie toute la nuit, les voisins se plaignent du bruit
bruit de voisinage, perceuse tard le soir
soirée étudiante bruyante""",
    "noise_venue": """musique amplifiée du bar, porte ouverte
nuisances sonores d'une discothèque
l'établissement met la sono à fond en terrasse
bruit de la clientèle d'un restaurant
bar bruyant après l'heure de fermeture
snack ouvert tard, musique et clients bruyants""",
    "noise_works": """bruit de chantier avant l'heure autorisée
marteau-piqueur dès six heures du matin
travaux bruyants le dimanche
nuisances sonores d'un engin de chantier
bruit de travaux de nuit sur la voie ferrée""",
    "noise_vehicle": """scooters avec pot d'échappement trafiqué, bruit
moto bruyante qui passe toute la nuit
klaxons continus de voitures
moteur laissé tournant sous les fenêtres, bruit
alarme de voiture qui sonne sans arrêt""",
    "illegal_dumping": """dépôt sauvage d'encombrants
matelas et meubles jetés sur le trottoir
gravats déversés dans un terrain vague
tas de sacs poubelles au pied d'un arbre
dépôt de pneus et de bidons
fourgon qui vide des gravats, dépôt illégal""",
    "overflowing_bin": """conteneur débordant, non collecté
bacs à ordures pleins depuis plusieurs jours
poubelles qui débordent, sacs autour
la collecte des ordures n'est pas passée
corbeille de rue pleine""",
    "litter": """trottoir sale, papiers et canettes
jet de détritus sur la voie publique
déjections canines partout
rue malpropre, à nettoyer
mégots et emballages au sol
bouteilles cassées sur la plage, à balayer""",
    "graffiti": """tags sur la façade
inscriptions à la peinture sur un mur
graffitis sur le rideau d'un commerce
individu surpris avec une bombe de peinture
tag injurieux sur la porte de l'école""",
    "sanitation": """invasion de rats dans la cour
présence de cafards dans l'immeuble
odeurs nauséabondes, égout qui refoule
logement insalubre, moisissures
eaux usées qui s'écoulent dans la rue
punaises de lit signalées dans le foyer""",
    "medical_emergency": """malaise sur la voie publique, secours demandés
personne inconsciente, les pompiers la prennent en charge
homme âgé qui a fait une chute, conduit à l'hôpital
arrêt cardiaque, massage pratiqué
femme qui va accoucher, ambulance
malaise d'une passante, assistance médicale
personne blessée à la jambe, premiers soins""",
    "road_accident_rescue": """désincarcération d'un conducteur après un choc
secours routier, victimes bloquées dans la voiture
plusieurs blessés dans un accident, ambulances engagées
motard au sol, secours à victime sur la chaussée
véhicule sur le toit, occupants secourus par les marins-pompiers""",
    "rescue": """baigneur en difficulté ramené au bord
personne bloquée dans un ascenseur, dégagée
sauvetage d'un homme tombé à l'eau
enfant coincé, dégagé par les pompiers
randonneur secouru dans les calanques
ouverture de porte pour une personne qui ne répond plus""",
    "fire_building": """feu d'appartement, fumées aux fenêtres
incendie d'immeuble, habitants évacués
feu de cuisine, flammes au balcon
incendie d'un entrepôt
feu de cave, fumée dans les étages""",
    "fire_vehicle": """voiture en feu
véhicule incendié, carcasse calcinée
feu de scooter propagé à un véhicule
un bus prend feu, moteur en flammes
incendie de camion sur l'autoroute""",
    "fire_bin": """feu de poubelle
conteneur à ordures en flammes
feu de conteneur éteint
poubelles incendiées sur le trottoir
bac de tri qui brûle""",
    "fire_vegetation": """feu de broussailles dans la colline
feu de forêt, canadairs demandés
herbes sèches en feu au bord de la route
incendie de pinède
feu de végétation, vent fort""",
    "fire_other": """fumée suspecte, origine inconnue
feu de palettes sur un terrain
feu de détritus dans un terrain vague
départ de feu sur un poteau électrique
odeur de brûlé, rien trouvé en feu""",
    "alarm": """alarme d'un commerce déclenchée, levée de doute
alarme intrusion d'une école, rien à signaler
déclenchement d'alarme dans un gymnase
sirène d'alarme qui retentit, site contrôlé
alarme incendie déclenchée par erreur""",
    "gas_leak": """odeur de gaz dans l'immeuble
fuite de gaz, rue coupée
intoxication au monoxyde de carbone
fuite d'un produit chimique
canalisation de gaz percée, évacuation des habitants""",
    "street_lighting": """éclairage public en panne
lampadaire éteint depuis plusieurs jours
rue dans le noir, plus de lumière
candélabre qui clignote
luminaire cassé dans le square""",
    "road_defect": """nid-de-poule sur la chaussée
plaque d'égout manquante, trou dangereux
affaissement de la chaussée
trottoir défoncé, pavés descellés
fuite d'eau sur la voie, chaussée déformée
poteau de signalisation couché""",
    "animal": """chien errant sans collier
chien dangereux sans muselière
un chat coincé dans un arbre
animal blessé, vétérinaire
morsure de chien sur un enfant
sanglier dans la rue
essaim de guêpes, pigeon mort""",
    "assistance": """aide à une personne désorientée, raccompagnée
assistance à un automobiliste, renseignement donné
enfant égaré remis à ses parents
vérification à domicile, tout va bien
personne âgée perdue ramenée chez elle
renseignement à un touriste
prise en charge d'un sans-abri, centre d'hébergement""",
    "transit_incident": """incident dans le tramway, voyageur sans titre
jet de pierres sur un bus
trafic du métro interrompu
altercation avec un contrôleur dans le bus
rame immobilisée en station, colis sur les voies""",
    "school_incident": """incident à la sortie du collège, parents et élèves
bagarre d'élèves devant le lycée
intrusion dans une école pendant les cours
harcèlement entre élèves signalé par le principal
point école, surveillance de la sortie des classes, incident""",
    "administrative": """remise d'une convocation au destinataire
notification d'un arrêté municipal
rédaction d'un rapport, transmission au parquet
procédure de vérification administrative d'un commerce
objets trouvés déposés, récépissé remis
relevé d'identité, procès-verbal transmis""",
}
NOTHING_FITS = """rien de particulier
relève de l'équipage à l'heure
essai radio, fort et clair
prise de service, véhicule propre
message illisible
voir la note d'hier
bien reçu, on se rappelle"""
OPENINGS = ["", "", "", "", "Appel d'un riverain : ", "Signalement : ", "Sur place, ", "Requérant : ", "Constatons : ", "Intervention pour ", "PC : "]
PLACES = ["rue Paradis", "cours Julien", "place Castellane", "boulevard Baille", "à Noailles", "quai du Port", "rue de Rome", "avenue du Prado", "à la Belle de Mai", "", ""]
ENDINGS = ["", "", ", à 15h30", ", à 23h05", ", RAS à notre départ", ", fin de mission", ", riverains avisés", ", vu à 8h", ", calme revenu", ", suite à donner"]
