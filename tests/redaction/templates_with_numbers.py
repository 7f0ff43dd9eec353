"""Sentences of a logbook that hold structured identifiers and no name, one a line, by register. Same marks as the others."""

REPORT = """
À {time}, constatons que le véhicule {vehicle} immatriculé {plate} stationne {street} depuis {duration}.
Relevons {count|deux immatriculations} : {plate} et {plate2}, {street}, pour {cat}.
Le requérant, qui souhaite garder l'anonymat, est joignable au {phone}.
Le véhicule étranger immatriculé {plate_foreign} ne répond pas aux injonctions, {street}.
Nous rendons {house} {street}, {door}, {door}, pour {cat}.
Le téléphone découvert {at} porte le <numéro IMEI> {imei}.
La carte bancaire retrouvée, <n°> {card}, est déposée au service des objets trouvés le {date}.
L'annonce frauduleuse renvoie au compte {profile} et demande {amount}.
La connexion provient de l'<adresse IP> {ip}, le {date} à {time}.
L'intéressé, né le {birth} à {birthplace}, a été laissé libre à {time}.
L'intéressée communique le courriel {email} et refuse de se déplacer.
Présentation d'une pièce ({doc}) et d'une attestation d'hébergement au {addr}.
Procès-verbal dressé par l'agent <matricule> {badge}, assisté de l'agent <matricule> {badge2}, pour {cat}.
Le fonctionnaire <RIO> {rio} prend en compte la procédure à {time}.
Le virement de {amount} a été effectué vers l'<IBAN> {iban}.
La personne, <numéro de sécurité sociale> {nir}, est prise en charge par le {service}.
Le vieux cyclomoteur {plate_old} gît {street} depuis {duration}.
L'accès au parking se fait par le {street}, <digicode> {access}, puis {door}.
Date de naissance déclarée : {birth}. Date des faits : {date}, {time}.
Appel reçu du {phone} à {time} : {count} devant le {school}.
Contact : {phone} ou {phone2}, de préférence après {time}.
Faisons procéder à l'enlèvement de {plate}, {vehicle}, devant le {house} {street}.
Le livreur, pièce présentée {doc}, roulait à {speed} sur la voie du tram.
Le message reçu depuis le {phone_foreign} réclame {amount} au nom du {service}.
Constatons une {cat|fuite d'eau} au {addr}, {door}, sur une longueur de {distance}.
Les {w|roses} du {place} ont été coupées ; un témoin a relevé la plaque {plate}.
Le relevé de la caméra, <adresse IP> {ip}, est figé depuis {duration}.
Le remboursement de {amount} sera versé sur le compte {iban} après le {date}.
L'opérateur a bloqué l'appareil <IMEI> {imei} à {time}.
La carte vitale trouvée {at} porte le {nir}.
L'enquête de voisinage menée du {house} au {house2} {street} ne donne rien.
"""

TELEGRAPHIC = """
{time} VL {plate} {street} {cat} PV.
{plate} {vehicle} fourrière {time}.
Épave {plate_old} {street} à revoir {date}.
{phone} rappeler avant {time}.
Req anonyme {phone} {cat} {addr}
2RM {plate} refus d'obtempérer {street} vers {area}.
Colis suspect {house} {street} {door} LDD {service}.
{time} levée de doute alarme {school} <code> {access} RAS.
CB {card} trouvée {at}.
IMEI {imei} tel volé {street} {date}.
PVE {plate} / {plate2} / {plate3} {street}.
Remorque {plate_foreign} ventouse {street}.
{addr} : {cat}. RAS à l'arrivée.
Mail reçu {email} : {cat} {street}.
Ident. {doc}. FPR neg. {time}
Né {birth} {birthplace}. Libre.
{house} {street} {door} digicode {access}
<agt> {badge} + <agt> {badge2} : {street} {time}
Insta {handle} : appel au {cat|rodéo urbain} {date} {area}.
IP {ip} transmise PN.
RIB {iban} transmis service contentieux.
Vol tel {at} : <IMEI> {imei}, n° {phone}.
Menaces en ligne depuis {ip}, {date} {time}.
CB {card} + RIB {iban} dans sacoche trouvée {street}.
Sécu {nir}, {doc}, remis objets trouvés {date}.
Porteur carte {nir} malaise {at}.
Vu {plate_words} {street} {time}.
{cat} {house} ou {house2} {street}, à préciser.
"""

RADIO = """
PC de patrouille, passage fichier pour {plate_words}, {vehicle}, {street}.
Je répète l'immatriculation : {plate_words}, bien reçu ?
Notez le numéro de l'appelant : {phone_words}, il est {at}.
Rappelez le {phone_mixed}, la ligne a coupé à {time}.
Individu né le {birth}, pas de papiers, {street}.
Pour accéder c'est le <code> {access}, {door}, {house} {street}.
Ici <matricule> {badge}, on prend en compte le {cat} {street}.
Adresse mail de la copropriété : {email_spoken}.
Deuxième véhicule, {plate}, {vehicle}, même direction, {area}.
Le {service} demande par où passer, dites-leur {house} {street}, {door}.
Le requérant donne le {phone_words}, terminé.
"""

RESIDENT = """
Bonjour, la voiture {plate} bloque mon garage au {house} {street} depuis {duration}.
Mon numéro est le {phone}, merci de me rappeler avant {time}.
Écrivez-moi à {email}, pas par téléphone.
Je vous donne mon adresse : {addr}, {door}. Le <code> c'est {access}.
On m'a pris {amount} sur ma carte {card}, au distributeur du {venue}.
Voici le lien : {profile}, ils vendent {count|des cartouches} {at}.
Je reçois des appels du {phone_foreign} à {time}, que faire ?
Mon adresse c'est {email_spoken}, sans majuscule.
Le scooter {plate} passe à {speed} devant le {school}.
J'ai déjà versé {amount} sur le compte {iban}, est-ce une {cat|escroquerie} ?
Mon <numéro de sécu> {nir} circule sur internet, je suis né le {birth}.
Le {dog} du {house} {street} aboie depuis {duration}.
Vous m'avez mis un PV pour la {plate_old}, elle ne roule plus depuis {duration}.
Sur TikTok {handle} annonce un {cat|tir de mortiers} {at} {date} à {time}.
Appelez moi au {phone_words} s'il vous plaît
C'est au {house} {street}, pas au {house2}, la {cat|fuite d'eau}.
Mon téléphone volé : <IMEI> {imei}, {amount}, acheté le {date}.
Mon dossier à l'accueil porte le {nir}, je suis né le {birth}.
Quelqu'un se connecte à ma box depuis l'<IP> {ip} vers {time}.
Ma carte finit mal : {card}, débit de {amount} le {date}.
Passez par le {house} {street}, {door}, le hall est ouvert.
"""

SMS = """
mon tel {phone} rapelé svp
ya une {vehicle} {plate} ki bloque {street}
c au {house} {street} {door} code {access}
mail {email}
vené au {addr} ya {count}
ma snap {pseudo} jai la video
plaque {plate} il roule a {speed}
nouvo num {phone} perdu lautre {time}
insta {handle} il vend des trucs {at}
ne le {birth} c bon pr le dossier ?
0ui c tjrs le {phone} merci
rembourse moi {amount} sur {iban} stp
imei du tel volé {imei} {at}
le scoot c {plate} jcrois
"""

REGISTERS = {"report": REPORT, "telegraphic": TELEGRAPHIC, "radio": RADIO, "resident": RESIDENT, "sms": SMS}
