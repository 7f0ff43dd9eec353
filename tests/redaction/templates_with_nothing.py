"""Sentences of a logbook with nothing at all to remove, one a line, by register. Many hold a word that is a name elsewhere, a
number that looks like an identifier, a place named after somebody: whatever a hasty reader would take out."""

REPORT = """
À {time}, de patrouille {street}, ne constatons aucun {cat}.
Constatons {count} {at}, dispersés à notre arrivée à {time}.
Le {service} prend en charge une personne âgée {at} à {time}.
Un véhicule {vehicle} stationne {street} depuis {duration} ; demande d'enlèvement transmise.
Relevons {count|quatre véhicules} en {cat|stationnement gênant} devant le {school}.
Un {dog} sans maître divague {street} ; la fourrière animale est avisée à {time}.
Le montant de l'amende s'élève à {amount}, faits du {date}.
Vitesse relevée : {speed} au lieu de 50 km/h, {street}, le {date}.
{w|Une rose} a été déposée sur {w|la pierre} du monument {at}.
{w|Un petit groupe} de {count} occupe les marches {at}.
Un {w|marin-pompier} hors service est intervenu avant l'arrivée du {service}.
Le {w|boulanger} de la {w|rue} n'a rien vu, ni {w|le boucher}, ni {w|le pâtissier}.
Le ravalement a laissé {w|le blanc} de la façade couvert de {cat|tags}, {street}.
La patrouille pédestre couvre le secteur de {street} à {street2}, {district} arrondissement.
Service d'ordre {at} de {time} à {time2}, {count|huit agents} engagés.
Un individu vêtu de {w|noir} et {w|blanc} quitte les lieux vers {area}.
Surveillance du {school} à l'entrée et à la sortie, aucun incident.
Le {w|marchand} de {w|fleurs} de la place a replié son étal à {time}.
Une {w|olive} d'éclairage est cassée, éclairage signalé le {date}.
Découverte de {count|trois seringues} près de {w|la fontaine}, {street}, ramassées par le {service}.
Fermeture du {place} à {time} ; {count} invités à sortir.
Le parking de {count|120 places} est complet depuis {duration}.
Opération conjointe avec le {service} {street}, {count|14 contrôles}, {amount} d'amendes.
Dégât des eaux sur {distance}, {street}, circulation alternée jusqu'à {time}.
Le marché du {date} s'est tenu sans incident ; {count|85 exposants} présents.
Un {vehicle} et un {vehicle2} se sont accrochés {street}, {cat|accident matériel}, constat amiable.
Contrôle de vitesse {street} de {time} à {time2} : {count|312 véhicules}, {count|9 infractions}.
Le bruit mesuré devant le {venue} atteint 85 dB à {time}.
Affluence estimée à 2 500 personnes {at}, dispersion à {time}.
Le {w|gardien} de {w|la paix} et le {w|chef} de salle conviennent d'un rappel à {time}.
Une {w|violette}, deux {w|marguerites} : voilà tout ce que contenait le sac suspect {at}.
Levée de doute positive au {school}, alarme déclenchée par {w|un courant d'air} à {time}.
Un arrêté municipal du {date} interdit l'alcool {street} de {time} à {time2}.
Affaire suivie par la {service}, dossier transmis le {date}.
La chaussée est rendue à la circulation à {time} après {duration} de coupure.
Le {w|juste} prix des emplacements est affiché ; {amount} le mètre.
Présence d'un nid de guêpes dans {w|le poirier} {at}, périmètre de {distance}.
Rassemblement commémoratif {at}, {w|honneur} aux {w|marins}, fin à {time}.
Neutralisation de {count|deux voies} {street} pour {cat|chute d'arbre}.
Aucune suite : le {cat} signalé {street} avait cessé à {time}.
"""

TELEGRAPHIC = """
{time} {street} RAS.
{time} {cat} {street}. {service} avisé.
Patr. pédestre {street} / {street2} {time}-{time2} RAS.
{count} {street} évincés {time}.
{cat} {at} NEG à l'arrivée.
{count|3 PV} {cat|stationnement gênant} {street}.
Point fixe {school} {time}. RAS.
{vehicle} {colour} fourrière {street} {time}.
Ronde parcs : {place}, {place2}, fermés {time}.
{dog} errant {area}, SPA avisée.
Feu poubelle {street}, CIS 3 engins, éteint {time}.
Vente sauvette {at} : {count|60 paquets} détruits.
AVP {street} 2 VL, 1 BL, BMPM, circ. rétablie {time}.
Grp {count} {area}. Dispersé. RAS.
Travaux {street} jusqu'au {date}. Dév. {street2}.
Tapage {area} {time}. Plus rien.
{service} sur place {time}, départ {time2}.
Rodéo {area}, {count|2 TMAX noirs}, perdus de vue.
Marché {w|rose} et {w|olive} : OK, {count|3 refus}.
Relève {time}. {count|12 km} parcourus. Véh. OK.
CSU signale {cat} {at} {time}. NEG.
{date} : briefing {time}, secteur {district}.
Caméra 12 HS {street}.
Radar péda {street} : V85 47 km/h.
{amount} récoltés stand non déclaré {at}. Évincé.
Encombrants {street} {count|8 m3}. {service}.
Barrières posées {street} {time} ok.
Pause {time} {duration}.
Manif {at} {count|400 pers.} calme fin {time}.
Escorte convoi {street} {time} RAS.
"""

RADIO = """
PC de patrouille, on est {street}, rien à signaler, {time}.
Alpha reçu, on se porte {at}, arrivée dans {duration}.
CSU voit {count} {at}, ils montent vers {area}, bien reçu ?
Demandons le {service} {street} pour {cat}, merci.
Bravo à tous, fin de dispositif à {time}, retour base.
Un {vehicle} {colour} remonte {street} à contresens, prudence.
Négatif, pas de {cat} {street}, on reprend la ronde.
PC, passez {w|la main} à l'équipe de {time}, terminé.
Oui affirmatif, c'est {w|la pierre} qui bloque le portail {at}, voirie avisée.
Reçu fort et {w|clair}, on tourne {street} et {street2}.
On laisse {count} partir, tout est {w|calme}, {time}.
Delta de PC, point de situation {at} à {time} s'il vous plaît.
Patrouille canine disponible, {w|deux} {dog}s, secteur {area}.
Autorité avisée, on maintient le barrage {street} jusqu'à {time}.
"""

RESIDENT = """
Bonjour, il y a un {cat} {street} presque chaque soir vers {time}.
Les poubelles débordent {at} depuis {duration}, merci de passer.
Pourriez-vous faire enlever {count|les trois matelas} {street} ?
Le lampadaire {at} est éteint, c'est dangereux pour les enfants du {school}.
Quand passera le {service} {street} ? Cela fait {duration} que j'attends.
Des {w|petits} jettent {w|des pierres} sur les bus {street} vers {time}.
La terrasse du {venue} déborde de {distance} sur le trottoir.
Je demande {w|un grand} ménage {at}, c'est {w|la misère}.
Merci aux {w|marins-pompiers}, {w|les braves}, arrivés en {duration}.
Un scooter {colour} roule sur la promenade à {speed}, {w|un jour} il y aura un drame.
Il faut un ralentisseur {street}, devant le {school}.
Ce {w|dimanche}, {count} ont fait un {cat|barbecue sauvage} {at}.
On entend {w|des coups} {w|de marteau} dès {time}, même en {w|août}.
Il manque {w|une plaque} d'égout {street}, entre l'arrêt et le {venue}.
Encore {count} {at}, et personne ne fait rien, c'est {w|le bouquet}.
La {w|boulangère} du coin a eu sa vitrine cassée {date}.
Y a-t-il un {cat|squat} dans l'ancienne usine de {area} ?
J'ai payé {amount} de PV alors que la place était {w|blanche}.
Mon chat {colour} est coincé dans {w|le pommier} {at}.
Bonjour, qui contacter pour un {cat} dans le {district} ?
"""

SMS = """
slt ya un {cat} {street} vené
ya {count} {at} ki font du bruit dpui {duration}
svp passé {street} c grave
ya un {dog} tt seul {at}
c koi lheure de fermeture du {place}
tjrs le {cat} {area}
ya d voiture ki roule a {speed} {street}
mrc c bon yon parti a {time}
ya {w|une rose} des vent cassé {at} mdr
lumiere hs {street} dpui {duration}
feu de poubel {street} vite
ki soccupe d {cat|encombrants} {area} svp
jpeu pa sortir ya un {vehicle} {colour} devant
ds le bus ya {count} ki crie
ok mrc
"""

REGISTERS = {"report": REPORT, "telegraphic": TELEGRAPHIC, "radio": RADIO, "resident": RESIDENT, "sms": SMS}
