"""Sentences of a logbook that hold at least one person's name, one a line, by register.

{slot} is filled by `corpus.py`; {w|une rose} is ordinary text to keep that is a name elsewhere; {cat|rixe} is a category written
out; <M.> is a label that may go with the identifier it announces or stay. {e} and {il} agree with the first person.
"""

REPORT = """
Ce jour à {time}, de patrouille {street}, contrôlons <le nommé> {name}, né{e} le {birth}, demeurant {addr}.
À {time}, sommes requis par <M.> {last}, gérant du {venue}, pour un individu refusant de quitter les lieux.
Prenons contact avec {civ}, requérant{e}, qui nous déclare avoir été victime d'un {cat|vol à l'arraché} {street} vers {time}.
{civ} nous présente une pièce, {doc}, et nous indique résider au {addr}, {door}.
Identifions la personne comme étant {name}, né{e} le {birth} à {birthplace}, sans domicile connu.
Le conducteur, <M.> {name}, muni d'une pièce ({doc}), circulait {street} à {speed} au lieu de 30 km/h.
Constatons la présence de {count} devant le {venue}, parmi lesquels {name} et {name2}, connus de nos services.
Sur place, {civ} et {civ2} s'opposent au sujet d'un {cat|différend de voisinage} ; chacun est invité à déposer plainte.
Avisons {civ} que son véhicule {vehicle} immatriculé {plate} a été placé en fourrière à {time}.
Le mis en cause se nomme {name} et demeure {addr}, {door}, {district} arrondissement.
Remettons l'individu à l'OPJ, <lieutenant> {last}, à {time}, après palpation de sécurité.
Le <brigadier-chef> {last}, <matricule> {badge}, procède au relevé d'identité de {name2}.
Rédacteur : <gardien> {name}, <RIO> {rio}. Équipage composé de {count|trois agents}.
{civ}, domicilié{e} {addr}, se plaint de {cat|nuisances sonores} provenant du {venue} depuis {duration}.
Un enfant prénommé {first}, égaré {at}, est confié à sa mère {civ2} à {time}.
Mme veuve {last}, locataire {door}, signale une {cat|occupation de hall} par {count}.
Procédons à l'interpellation <du nommé> {name} <alias> {nick}, {street}, à {time}.
Il ressort que <la nommée> {name} aurait donné rendez-vous à <M.> {last2} {at} le {date}.
Entendons {civ} en qualité de témoin ; {il} affirme avoir vu {count} prendre la fuite vers {area}.
La victime, {name}, joignable au {phone}, refuse l'intervention du {service}.
Les faits ont été portés à notre connaissance par {civ}, <courriel> {email}, le {date} à {time}.
Après vérification au fichier, le véhicule {plate} appartient à {name}, né{e} le {birth}.
Le propriétaire du chien {dog}, <M.> {last}, ne présente ni permis de détention ni muselière, {street}.
{name} reconnaît les faits et déclare avoir jeté {count} sur la chaussée, {street}.
Rendons compte à <Monsieur l'adjoint> {last} de la situation {at}.
Dressons procès-verbal à l'encontre de {name}, {paper}, pour {cat}.
Le père de {first}, <M.> {last}, a été avisé par téléphone au {phone} à {time}.
Vu l'état de {civ}, faisons appel au {service} ; transport à {place} à {time}.
{civ} remet spontanément un téléphone trouvé {street}, <IMEI> {imei}, appartenant à {name2}.
Notons que {name}, déjà verbalisé{e} le {date}, occupe de nouveau le trottoir {street} avec {count}.
Le gardien de la résidence, <M.> {name}, nous ouvre le portail, <code> {access}, à {time}.
Les époux {last} ({house} {street}) sollicitent une rencontre au sujet du {cat|stationnement gênant}.
L'appelant{e} se présente sous le nom de {name} et laisse le numéro {phone}.
Présents sur les lieux : {name}, {name2}, {name3}. Aucun autre témoin.
Saisissons {count|deux couteaux} sur la personne de {name}, qui déclare exercer comme {w|boulanger}.
La requérante craint son ancien conjoint, {name2}, demeurant {addr}, qui la suit depuis {duration}.
Monsieur le Maire a été saisi par {civ} d'un courrier relatif aux {cat|dépôts sauvages} {street}.
Le mineur {name}, accompagné de son frère {first2}, est raccompagné au domicile familial {addr}.
Prise en charge de {civ}, désorienté{e}, {at} ; son fils <M.> {last} arrive à {time}.
Suite à l'appel de {civ}, nous transportons {house} {street}, {door}, pour {cat}.
{civ} déclare que sa carte bancaire {card} a été utilisée pour un montant de {amount}.
La société de gardiennage, représentée par {name}, nous remet les clefs du local à {time}.
Contrôlons un {vehicle} conduit par {name} ; passagers : {name2} et {name3}.
À notre arrivée, {name} se trouvait allongé{e} près de {w|la fontaine}, conscient{e}, et refusait tout soin.
Faisons retirer par {civ} les {count|six jardinières} posées sans autorisation {street}.
Le médecin, <Dr> {last}, constate le malaise de {civ2} et demande le {service}.
Mandat de <Me> {last}, huissier, pour une expulsion au {addr} le {date} à {time}.
Audition de {name} née {last2}, <n° de sécurité sociale> {nir}, en présence du <brigadier> {last3}.
Il est établi que le compte {handle} est tenu par {name}, élève au {school}.
Le responsable du {school}, <M.> {last}, signale {count} devant l'entrée à {time}.
{civ} fournit un RIB, <IBAN> {iban}, afin d'être remboursé{e} de {amount}.
L'agent {name} relève le <matricule> {badge} du vigile et la plaque {plate} du véhicule.
Le concierge déclare : « {first} {last} habite ici depuis {duration}, {door} ».
Avons été abordés par {civ}, laquelle désigne {w|un petit groupe} de {count} {at}.
Invitons {civ} à baisser le son ; {il} s'exécute. Fin d'intervention à {time}.
Le corps a été identifié par {civ}, sœur de {name2}, à {time}.
Vérifions l'interphone au nom de {last}, {door}, sans réponse.
Le bail est au nom de {last} {first}, la quittance au nom de {last2}.
Le permis présenté au nom de {name} comporte le <numéro> {paper_value} et semble falsifié.
{civ} accuse {first2}, son voisin du dessous, d'un {cat|tapage nocturne} répété depuis {duration}.
"""

TELEGRAPHIC = """
{time} {street} : ctrl {name} {birth_short}. RAS fichier.
{time} - {cat} - {street} - req <M.> {last} tél {phone}
Différend {addr} entre {last} et {last2}. Séparés. RAS.
PV {vehicle} {plate} cond. {name} {street} {time}
Appel {civ} {phone} : {cat} {at}. Patrouille envoyée.
{name}, DDN {birth}, ivre, {at}. {service} sur place {time}.
Req {last} {first} {addr} {door}. {cat}. Plus rien à l'arrivée.
MEC {name} interpellé {street} {time} remis PN.
{time} vu {name} + {count} {at}, évincés.
Vict. {last} {first}. Auteur inconnu. {vehicle} en fuite dir. {area}.
Chien {dog} sans laisse, proprio {last}, {street}, PVE.
Épave {vehicle} {plate} prop. {name} {addr}. À revoir {date}.
{count} {street}, meneur {first} {last} dit {nick}. Dispersés {time}.
Contact bailleur <Mme> {last} : code hall {access}.
Mineur fugueur {name} {birth_short} retrouvé {at} {time}. Parents avisés {phone}.
Clefs remises à {civ} {time}. Fin.
Alarme {school} {time}. Resp. {last} joint. Levée de doute OK.
RDV <M.> {last} {date} {time} {place}.
Tém. {name} / {phone} / {email}
Ident. {name}, {paper}, libre {time}.
{time} {street} {count} conso alcool. Leader {name}. Vidé {count|4 bouteilles}.
Vol {vehicle} {plate} au préjudice de {name}. Signalé {time}.
Visite {last} {door}. Absent. Avis de passage.
AVP {street} / {street2} : A {name}, B {name2}. Constat amiable. {service} non requis.
Suivi squat {addr} : {name} + {name2} + 2 enfants. Bailleur avisé.
{last} rappelle {time}, toujours {cat} {street}.
SDF {first} (chien {dog}) {at}, refuse le 115.
Relève : {last}, {last2}, {last3}. Véhicule TN parc sud.
Équipage {last}/{last2} en pause {time}.
Feu poubelle {street} {time}. {service} CIS Saint-Lazare. Tém {civ}.
{name} né{e} {birth} {birthplace}. FPR neg. SIV neg.
Trouvé portefeuille {name} {street}. CB {card}. Déposé objets trouvés.
Bagarre {venue} {time}. Bl. léger {last} {first}. BMPM.
Convoc {name} le {date} {time} bureau 12.
Proprio {plate} = {name} {addr}. Appelé. Déplace VL.
{init} mineur, {at}, {time}, raccompagné.
Suspect {init}, veste noire, {street}, perdu de vue {area}.
Rens. {nick} = {name} d'après voisinage.
Tapage {addr} {door} chez {last}. Son baissé {time}.
Outrage sur <agt> {last} <mat> {badge} par {name}. {street} {time}.
{last} {first} {phone} stationnement {street} depuis {duration}
Portail bloqué, gardien {first} prévenu, {time}.
Remis convocation à {civ}. Refus signature.
Transp. {civ} vers {place} {time}. Accompagnant {first2}.
Ctrl terrasse {venue}, exploitant {name}, dépassement {distance}. PV {amount}.
VAS {street} : {count}. Ident {name}. Saisie {count|40 paquets}.
Fourrière {plate} {street}, prop. {last} furieux sur place {time}.
Main courante {last} c/ {last2}, {street}, {date}.
Appel anonyme puis {first} au {phone}. {cat}. {area}.
Rodéo {area} {time} : {vehicle} {plate_words}, pilote connu = {name}.
"""

RADIO = """
Alpha de Charlie, nous avons un nommé {name}, je vous épelle {spell}, né{e} le {birth}, demandons passage fichier.
TN de patrouille deux, individu identifié {name}, {name_last_spelled}, terminé.
CSU à toutes patrouilles, recherchons {first}, huit ans, tee-shirt {w|rose}, perdu de vue {at} à {time}.
Ici patrouille {area}, on est avec {civ} sur place, {il} demande le {service}, bien reçu ?
Bravo à PC, la personne s'appelle {name}, date de naissance {birth}, je répète {birth}.
PC j'écoute, oui le requérant c'est {civ}, numéro {phone_words}, il rappelle toutes les {duration}.
Patrouille trois, on contrôle un {vehicle}, {plate_words}, conducteur {name}, pas de papiers.
De PC à patrouille, la dame se nomme {last}, je répète {last}, {door}, {house} {street}.
Reçu, on prend en compte, on va voir {civ} au {venue}, {time}.
PC, on a {nick} et {first} {at}, ils font que passer, rien à signaler.
On est {street}, {count}, dont {name}, on aurait besoin d'un renfort, merci.
Allô PC, pour la main courante vous notez {last} comme ça se prononce, {spell}, {time}.
Individu ceinturé, il dit s'appeler {name}, ni pièce ni adresse, on l'amène à {time}.
Pour info le chef {last} arrive {at} dans {duration}.
Ici motard, refus d'obtempérer, {vehicle}, {plate}, possible conducteur {name}, direction {area}.
PC à tous, <brigadier> {last} <matricule> {badge} demande relève {at}.
Dites à {first} de nous rappeler au {phone}, on est bloqués {street}.
Le monsieur c'est {name} avec {spell}, il habite {addr}, terminé.
Patrouille à CSU, zoomez sur {street}, c'est {first} {last} avec le sac {w|bleu}, bien pris ?
On a la maman sur place, madame {last}, son petit s'appelle {first2}, on raccompagne.
Vous pouvez passer {last} prénom {first} au fichier, né{e} {birth}, merci.
PC, le vigile du {venue}, un certain {first}, nous remet {count|deux sacs}, fin d'intervention {time}.
Requérant recontacté, {civ} ne veut plus de nous, on dégage, {time}.
Affirmatif, c'est bien {name}, même adresse, {addr}.
Négatif pour {name}, inconnu au bataillon, on laisse partir.
Répétez le nom ? {last}, {spell}, {last}, comme ça s'écrit.
Demandons {service} {street} pour {civ}, chute, consciente, {time}.
Le {vehicle} appartient à un {last} {first} domicilié {area}.
On a un {cat} {street}, le voisin {civ} filme tout, prenez note.
Autorité, ici {last}, on quitte {place}, on se porte {street}.
C'est la famille {last}, troisième appel de la soirée, {door}, on y va.
PC de {last}, retour base, {count|12 PV} ce matin, RAS.
"""

RESIDENT = """
Bonjour, je m'appelle {name}, j'habite {addr} et je n'en peux plus du {cat|tapage nocturne}.
Mon voisin {civ2} laisse son chien {dog} aboyer toute la nuit depuis {duration}, merci d'agir. {name}
Madame, Monsieur, je vous signale {count} {street}. Cordialement, {name}, {phone}
Je suis {civ}, présidente du conseil syndical du {house} {street}, et nous subissons des {cat|rodéos motorisés}.
Pouvez-vous rappeler ma mère, {civ2}, au {phone} ? Elle a été bousculée {street} {date}.
C'est encore {last} du {house} {street}, la poubelle brûle.
Le fils {last} et son copain {first2} font du scooter {at} tous les soirs vers {time}.
Message de {civ} : véhicule {vehicle} {plate} ventouse {street} depuis {duration}.
Mon ex-mari {name2} m'attend en bas, {door}, code {access}, venez vite s'il vous plaît.
{name} signale une {cat|fuite d'eau} {at}, photo jointe, mail {email}.
J'ai reconnu {first}, le petit-fils de {civ2}, avec {count} devant le {school}.
Veuillez agréer mes salutations, {name}, {addr}.
Suite à mon courrier du {date} resté sans réponse. {civ}
On m'a volé mon sac {street}, mes papiers sont au nom de {last}, {paper}.
Je souhaite rester anonyme mais c'est {name2} du {door} qui jette les ordures.
Mes enfants {first2} et {first3} ont peur de passer {at} à cause de {count}.
Quelqu'un a écrit des injures sur la boîte aux lettres {last}, {house} {street}.
Mon numéro : {phone}. Mon nom : {name}. Mon problème : {cat}.
Le gérant du {venue}, {first}, met la musique à fond jusqu'à {time}.
Ma fille {first2} se fait suivre en sortant du {school} par un homme en {vehicle} {plate}.
Je vous écris au nom de ma voisine {civ2}, 84 ans, qui ne dort plus depuis {duration}.
{first} ici, je vous ai appelé hier pour le {cat|dépôt sauvage} {street}.
La dame du premier, {civ2}, donne du pain aux pigeons {w|blancs} sous ma fenêtre.
Monsieur {last} a encore garé son {vehicle} sur le passage piéton, {street}.
Un certain {name2} se fait passer pour un agent {service} et demande {amount}.
Mon profil a été piraté par {name2}, regardez {profile}.
Pour me joindre : {name} / {email} / {phone}
Il y a une fête chez {last2} au {house} {street}, {door}, {count}, venez.
Je m'appelle {spell}, {last}, et je répète pour la troisième fois : {cat} {street}.
Les {last2} du troisième se disputent, j'entends la petite {first2} pleurer.
Merci à l'agent {last} et à sa collègue {first2} pour leur gentillesse {at}.
J'étais au {venue} avec {first2} quand {count} ont cassé la vitrine, vers {time}.
Mon mari {name2}, né le {birth}, a disparu depuis {duration}, il porte une veste {w|marron}.
De la part de {civ}, {place} : les {w|roses} du square sont arrachées chaque nuit.
Mon frère {nick}, tout le monde l'appelle comme ça, de son vrai nom {name2}, dort {at}.
Signé : {name}, votre administré{e} de {area}
Attention au chien de {civ2}, un {dog}, il a mordu {first} {date}.
Un livreur, {first} je crois, roule à {speed} sur le trottoir {street}.
Bonsoir c'est {first} {last} j'ai perdu mes clefs {at} avec un {w|petit} porte-clefs {w|rose}.
Je dépose plainte contre {name2} demeurant {addr} pour {cat}.
Le syndic (<M.> {last}, {phone}) refuse de réparer l'{cat|éclairage en panne}.
Enfin, je précise que {civ2} est agent de la ville et croit tout pouvoir se permettre.
Voici la plaque : {plate}. Voici mon nom : {last}. Faites quelque chose {street} !
Ma tante {first2} {last2} reçoit des appels du {phone} toute la journée.
J'ai vu {name2} casser le rétroviseur du {vehicle} {street} {date} à {time}.
Mon colis au nom de {name} a été volé dans le hall, {door}, {house} {street}.
"""

SMS = """
slt c {first} du {house} {street} ya {count} ki font du bruit
jpeu pa dormir a cause de {first2} et c potes {at}
chef {nick} est encore {at} avec {count}
c {name2} ki a cassé la vitre jai vu
bjr mon nom {name} mon tel {phone} rapelé moi svp
jsui avec {first2} devant {venue} vené vite
vs pouvé dire a {civ2} de bougé son {vehicle} svp merci {first}
g reconnu {first2} {last2} ds le {vehicle}
mon fils {first2} est pas rentré du {school} il a 12 ans
dsl c {last} j ai oublié le code c {access}
yo c {first} le gardien ya un {cat|feu de poubelle} {street}
{first} {last} {addr} {door} urgent
ma snap c {pseudo} demandé {first}
tjrs pas de nouvelle de {first2} depuis {time} on est inquiet
ya {first2} ki se bat avec {first3} {at}
le mec sapel {name2} il a un {dog}
pk {civ2} a le droit de se garé {street} et pas moi
signalé {name2} sur insta {handle}
c pour {last} {phone} merci de rapelé apre {time}
{first} : ok on arrive {at} ds {duration}
on a volé le scoot de {first2} plaque {plate} {area}
jmapel {first} jai 9 ans jé perdu maman {at}
ya tjrs {nick} {street} il crie dpuis {duration}
svp c grave {first2} est tombé {at} appelé {service}
mr {last} au {house} fé brulé des truc {street}
c ki lagent {last} il a été super sympa mrc
{first} jte laisse le num de {first2} {phone}
lui c {last} lotre c {last2} tt le monde les connai a {area}
cc c {first} dsl du retard jsui {street}
rdv {time} {at} avec {first} et {last2}
mon mail {email} mon nom {last} bonne soiré
jai rien fé c {first2} ki a tagué {w|la pierre}
"""

NAME_AFTER_STREET = """
Intervention {house} {street} {name} présent sur place.
Domicile : {street} {last} {first}, {door}.
{time} {street} {name} né{e} le {birth}
Contrôle {street}, {last}, {time}.
Vu {street} {first} {last} avec {count}.
Livraison gênante {street} {civ} averti{e}.
Adresse {addr} {name} tél {phone}
{street} - {name} - {cat} - {date}
{at} {name} et {name2} se disputent {w|un banc de pierre}.
{area} {first} signale {cat}.
angle {street} {street2} {last} interpellé {time}
{school} {name} élève exclu {date}
"""

REGISTERS = {"report": REPORT, "telegraphic": TELEGRAPHIC, "radio": RADIO, "resident": RESIDENT, "sms": SMS,
             "after_street": NAME_AFTER_STREET}

# With names that are ordinary words too; filled with the ordinary names only.
ORDINARY = """
<M.> {last} a appelé à {time} pour {cat} {street}.
<La nommée> {first} {last} est connue de nos services.
Contrôlons {name}, né{e} le {birth}, {street}.
Le requérant, {civ}, est {w|boulanger} {street}.
{civ} vend {w|des olives} au {place}.
{time} : différend entre {civ} et {civ2}, {house} {street}.
Bonjour, je suis {civ} du {house} {street}, il y a {count}.
Témoin : {last} {first}, {phone}.
Mme {last} signale {w|une pierre} sur la chaussée {street}.
Le petit {first}, six ans, est perdu {at}.
<Dr> {last} constate le malaise à {time}.
L'agent {last}, <matricule> {badge}, relève {count}.
{name} et {name2} se disputent {w|le blanc} d'une terrasse.
slt c {first} {last} ya {count} {street}
Propriétaire du {vehicle} : {name}, {addr}.
Famille {last}, {door}, {house} {street}.
MEC {last} {first} remis PN {time}.
Victime {civ}, {w|une rose} à la main, {at}.
Signé {name}, {email}
Le <brigadier> {last} quitte {place} à {time}.
<Monsieur> {last} promène {w|un petit} {dog} sans laisse.
Ma voisine {civ} a vu {count}.
Interphone {last}, {door}, sans réponse.
<Le nommé> {name} dit {nick} est interpellé {street}.
Appel de {first} {last} : {w|un grand} bruit, puis {cat}.
Mineure {name} ({birth}) remise à {civ2}.
Alerte donnée par {civ}, {w|marin-pompier} de repos.
Rencontré {civ} devant le {venue}.
<Me> {last} demande une assistance {addr} le {date}.
Bail au nom de {name}, {door}.
Chauffeur {last}, véhicule {vehicle} {plate}.
On cherche {first}, {w|robe rose}, {at}.
{civ} ne décolère pas contre {civ2}, {w|marchand} de fruits au {place}.
Prévenir {first} au {phone}.
{last} {first} né{e} le {birth} à {birthplace}
Requérante {civ} : vol de {w|fleurs} et d'{w|une rivière} de bijoux, {amount}.
Gérant {name}, {venue}, PV terrasse {amount}.
Rappeler <M.> {last} avant {time}, {w|dimanche} compris.
La gardienne, {civ}, a coupé {w|la vigne} au {house} {street}.
Équipage : {last}, {last2}. RAS {area}.
"""
