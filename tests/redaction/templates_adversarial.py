"""Texts made to slip through, one a line: « damage: sentence ». The damage is done by `damage.py` to the identifiers only.

zero_width   invisible characters between the letters or figures
odd_space    no-break, thin and doubled spaces in place of or beside the separators
look_alike   Cyrillic and Greek letters that look Latin
doubled      letters doubled, as on a sticky keyboard
brackets     brackets or quotes of some kind around the identifier
emoji        pictures stuck to both ends
as_is        the sentence itself is the trap (glued, at the edge, very short, quoted, holding placeholders, mixed writings)
"""

WITH_NAMES = """
zero_width: Contrôlons {name}, né{e} le {birth}, {street}.
zero_width: Tém. {name}, {phone}, {cat}.
zero_width: {civ} se plaint de {count} {at}.
zero_width: Le véhicule {plate} appartient à <M.> {last}.
zero_width: slt c {first} {last} vené {at}
odd_space: Contrôle de {name} {street}, {time}.
odd_space: <M.> {last} demeure {addr}, {phone}.
odd_space: Req {last} {first} ; {cat} ; {plate}
odd_space: {name} et {name2} interpellés {at}.
odd_space: signé : {civ}, {email}
look_alike: {name} signale un {cat} {street}.
look_alike: Demande de {civ}, {date}, {phone}.
look_alike: mon nom c'est {name}, mon mail {email}
look_alike: {first} et {first2} sont {at} avec {count}
look_alike: <M.> {last} c/ <M.> {last2}, {cat}.
doubled: <M.> {last} a rappelé à {time}.
doubled: c {first} {last} du {house} {street} venez
doubled: {name} frappe à la porte, {door}, depuis {duration}.
doubled: {civ} insiste : {cat} {street}
brackets: Mis en cause {name} (voir fiche), {street}.
brackets: Témoin {name} joignable {phone}, {time}.
brackets: Conducteur {last}, véhicule {plate}, {street}.
brackets: {civ} demande {civ2}, {date}.
brackets: Pièce {paper} au nom de {name}
emoji: merci à {first} {last} pour son aide {at}
emoji: {name} arrête le bruit stp {phone}
emoji: ya {first2} et {first} devant {venue}
emoji: {cat} signalé par {civ}
as_is: {name}
as_is: {last} {first}
as_is: {civ}
as_is: {first} {last} {phone}
as_is: {name}.
as_is: <M.> {last} ?
as_is: c {first} {last}
as_is: {last}, {addr}
as_is: {name} {birth} {plate}
as_is: {street} {name}
as_is: {name} : {cat} {street} {time}, {count}, fuite vers {area}, rien de plus à signaler
as_is: {cat} {street} {time}, {count}, fuite vers {area}, d'après {name}
as_is: Il a crié « {first}, reviens, {first} ! » puis {count} ont couru vers {area}.
as_is: Il nous répond : "demandez à {name}, il sait tout", {time}.
as_is: La mère hurlait « c'est {first2} {last} qui a fait ça, pas mon fils » {street}.
as_is: « Je m'appelle {name}, et alors ? » nous lance l'individu {at}.
as_is: Selon elle, "{first} de chez {last2}" aurait cassé {w|la pierre} du portail.
as_is: Nom :{last}Prénom :{first}Né le :{birth}Tél :{phone_glued}
as_is: NOM={last};PRENOM={first};DDN={birth};TEL={phone}
as_is: {last}/{first}/{birth}/{phone}
as_is: {last}-{first}-{plate_glued}
as_is: {first}+{first2}+{count} = {cat} {at}
as_is: tel:{phone_glued}({first})
as_is: M.{last} et Mme.{last2} sont en conflit {street}.
as_is: {first}.{last} (sic), {time}
as_is: [nom] {name} [téléphone] {phone} [plaque] {plate}
as_is: Le formulaire dit [nom], l'usager a écrit {name} à côté, {street}.
as_is: Champ [prénom nom] non rempli ; signature lisible : {name}
as_is: [adresse] {addr} [nom] {civ}
as_is: https://mail.ville.fr/?to={email}&nom={last}
as_is: Rappeler {first} au {phone_mixed}
as_is: {init} et {init2}, mineurs, {at}
as_is: {spell}
as_is: Nom épelé {spell_alphabet}, {street}.
as_is: {name},{name2},{name3}:{cat}
as_is: Liste : 1) {name} 2) {name2} 3) {name3}
as_is: M {last},Mme {last2},leur fils {first3} : {door}
as_is: monsieur... {last}... {first}... enfin je crois, {time}
as_is: l'ami d'{first} et la sœur de {last2}-{last} sont {at}
as_is: TN/{last}/{time}/RAS
"""

WITH_NUMBERS = """
zero_width: Rappeler le {phone} avant {time}.
zero_width: VL {plate} {street} {cat}
zero_width: écrire à {email}
zero_width: IBAN {iban} transmis, {amount}.
zero_width: sécu {nir}, {service}
odd_space: tél {phone} {street}
odd_space: plaque {plate}, {time}
odd_space: carte {card} trouvée {at}
odd_space: né le {birth} à {birthplace}
odd_space: IMEI {imei}, volé le {date}
odd_space: appelez {phone} ou {phone2}
look_alike: mail {email}, {cat}
look_alike: VL {plate}, {plate2}, {street}
look_alike: compte {handle}, {area}
look_alike: lien {profile}
look_alike: RIB {iban}
brackets: tél {phone}, {time}
brackets: plaque {plate} relevée {street}
brackets: mail {email} et carte {card}
brackets: né le {birth}, <sécu> {nir}
brackets: <code> {access}, {house} {street}
emoji: appelle {phone} vite
emoji: insta {handle} {cat}
emoji: {plate} bloque {street}
emoji: {email} merci
as_is: {phone}
as_is: {plate}
as_is: {email}
as_is: {iban}
as_is: tel {phone}
as_is: {phone}{plate_glued}
as_is: {plate_glued}{email}
as_is: VL{plate_glued}PV{time}
as_is: tel{phone_glued}mail{email}
as_is: {phone_glued}/{phone_glued2}/{plate}
as_is: {phone} : {cat} {street}, {count}, fuite vers {area} à {time}
as_is: {cat} {street}, {count}, fuite vers {area} à {time}, contacter {phone}
as_is: Appelle au {phone_mixed} stp
as_is: mon num c {phone_mixed} rapelé apre {time}
as_is: Le numéro ? « {phone_words} », a-t-il dicté {at}.
as_is: écrivez à {email_spoken} svp
as_is: https://mairie.example/contact?mail={email}&tel={phone_glued}
as_is: mailto:{email}?subject=plainte
as_is: [téléphone] {phone} [courriel] {email} [plaque] {plate}
as_is: Le modèle prévoit [plaque] et [téléphone], l'agent a laissé {plate} et {phone}.
as_is: le 06, puis le 12, puis {phone_mixed}, {time}
as_is: {plate}, {plate2},{plate3};{plate4}
as_is: {house},{street},{door},{door}
as_is: né.e {birth}/{birthplace}/{doc}
as_is: IP={ip} PORT=443 {date} {time}
as_is: immat. {plate_words}, tél. {phone_words}
as_is: {phone_foreign} puis {phone} puis {email}
"""

# Nothing to remove here: placeholders that were there before, and numbers that only look like identifiers.
WITH_NOTHING = """
as_is: Le texte type commence par [nom] et finit par [téléphone], voir {street}.
as_is: [nom] [prénom] [adresse] : formulaire vierge trouvé {at}
as_is: {time}-{time2}-{time3} : rondes {street}
as_is: 17, 18, 112, 115, 116 000 affichés {at}
as_is: Rose, vert, blanc : les couleurs des {w|fanions} {street}.
as_is: RAS
as_is: ok {time}
as_is: {street}
as_is: {cat}
as_is: {count}
as_is: Score 3-1, {count|12 000 spectateurs}, sortie {at} à {time}.
as_is: Compteur {count|1250} puis {count|1300} passages {street} de {time} à {time2}
as_is: « {w|Pierre} qui roule », dit l'enseigne du {venue}.
as_is: Arrêté n° 2024-118 du {date}, article 3, {street}
as_is: article R. 417-10 du code de la route, {street}, {time}
as_is: bus 83, 19, 41T déviés {street} jusqu'à {time}
"""
