"""How streets, cities, departments and provinces of Colombia and Spain are written: every spelling under one.

Words are in the form of `text_key`: small letters without accents. Departments and provinces go by their ISO 3166-2 code.
Cities with a name in each of two languages go by one of them; the list is short and holds only names in everyday use.
"""

from __future__ import annotations

# Marks of a number say nothing: "Calle 35 # 63-94" is "Calle 35 63-94".
NUMBER_MARKS = frozenset({"#", "no", "nro", "num", "numero"})
NO_NUMBER = "sn"
_WORDS = {
    "calle": "c", "cl": "c", "cll": "c", "clle": "c", "ac": "ave c", "ak": "ave cra", "carrera": "cra", "cr": "cra",
    "kr": "cra", "kra": "cra", "cra": "cra", "crr": "cra", "k": "cra", "avenida": "ave", "avda": "ave", "avd": "ave",
    "av": "ave", "transversal": "tv", "transv": "tv", "trans": "tv", "tr": "tv", "tv": "tv", "diagonal": "dg", "diag": "dg",
    "circular": "cq", "circ": "cq", "autopista": "aut", "autop": "aut", "carretera": "ctra", "paseo": "po", "pso": "po",
    "plaza": "pl", "plza": "pl", "pza": "pl", "ronda": "rda", "travesia": "trv", "urbanizacion": "urb", "poligono": "pol",
    "apartamento": "apto", "apt": "apto", "apartado": "apdo", "oficina": "of", "ofic": "of", "edificio": "ed", "edif": "ed",
    "torre": "to", "bloque": "bl", "blq": "bl", "manzana": "mz", "interior": "int", "local": "lc", "loc": "lc",
    "piso": "p", "planta": "p", "puerta": "pta", "escalera": "esc", "izquierda": "izq", "izda": "izq", "derecha": "dcha",
    "dcho": "dcha", "norte": "n", "sur": "s", "este": "e", "oeste": "o", "bajo": "bj", "bjo": "bj",
    "kilometro": "km", "camino": "cno", "glorieta": "gta", "izqda": "izq", "polig": "pol", "industrial": "ind",
    "parcela": "parc", "mza": "mz", "casa": "cs", "barrio": "br", "bodega": "bod", "conjunto": "conj", "ofi": "of", "ofc": "of",
}  # fmt: skip
# "AP" is a flat in Colombia and a post-office box in Spain; "Bº" is a part of town there, here a ground floor as well.
WORDS = {
    "co": {**_WORDS, "ap": "apto", "bo": "br"},
    "es": {**_WORDS, "carrer": "c", "passeig": "po", "avinguda": "ave"},
}
# Words for a way, after which "de", "del" and "de la" say nothing.
WAYS = ("c", "cra", "ave", "tv", "dg", "aut", "ctra", "po", "pl", "rda", "trv", "cno", "gta")
CITIES = {
    "co": {
        "bogota d c": "bogota", "bogota dc": "bogota", "bogota distrito capital": "bogota", "santafe de bogota": "bogota",
        "santa fe de bogota": "bogota", "santafe de bogota d c": "bogota", "cartagena de indias": "cartagena",
        "santiago de cali": "cali", "san jose de cucuta": "cucuta", "san juan de pasto": "pasto",
    },
    "es": {
        "la coruna": "a coruna", "coruna": "a coruna", "coruna a": "a coruna", "palma de mallorca": "palma", "castellon": "castellon de la plana",
        "castello": "castellon de la plana",
    },
}  # fmt: skip
_TWO_NAMES = """
alicante|alacant, elche|elx, alcoy|alcoi, sagunto|sagunt, javea|xabia, calpe|calp, villajoyosa|la vila joiosa
san vicente del raspeig|sant vicent del raspeig, burriana|borriana, oropesa del mar|orpesa
castellon de la plana|castello de la plana, villarreal|vila real, jativa|xativa, alcira|alzira, torrente|torrent
vitoria|gasteiz, san sebastian|donostia, bilbao|bilbo, mondragon|arrasate, renteria|errenteria, baracaldo|barakaldo
fuenterrabia|hondarribia, llodio|laudio, pamplona|iruna, estella|lizarra, girona|gerona, lleida|lerida
ourense|orense, ibiza|eivissa, mahon|mao, ciudadela|ciutadella, gijon|xixon, langreo|llangreu
"""
_DEPARTMENTS = """
ama amazonas|ant antioquia|ara arauca|atl atlantico|bol bolivar|boy boyaca|cal caldas|caq caqueta|cas casanare|cau cauca
ces cesar|cho choco|cor cordoba|cun cundinamarca|dc bogota|dc bogota d c|dc bogota dc|dc distrito capital|dc d c
dc distrito capital de bogota|dc bogota distrito capital|gua guainia|guv guaviare|hui huila|lag la guajira|lag guajira
mag magdalena|met meta|nar narino|nsa norte de santander|nsa n de santander|nsa n santander|put putumayo|qui quindio|ris risaralda|san santander
sap san andres y providencia|sap archipielago de san andres providencia y santa catalina|sap san andres|sap san andres providencia y santa catalina|suc sucre|tol tolima
vac valle del cauca|vac valle|vau vaupes|vid vichada
"""
_PROVINCES = """
a alicante|a alacant|a alicante alacant|a alacant alicante|ab albacete|al almeria|av avila|b barcelona|ba badajoz|bi bizkaia|bi vizcaya
bu burgos|c a coruna|c la coruna|c coruna a|c coruna|ca cadiz|cc caceres|ce ceuta|co cordoba|cr ciudad real|cs castellon|cs castello
cs castellon castello|cs castello castellon|cs castellon de la plana|cs castello de la plana
cu cuenca|gc las palmas|gc palmas las|gi girona|gi gerona|gr granada|gu guadalajara|h huelva|hu huesca|j jaen|l lleida|l lerida|le leon
lo la rioja|lo rioja la|lo rioja|lu lugo|m madrid|m comunidad de madrid|m madrid comunidad de|ma malaga|ml melilla|mu murcia|mu region de murcia|mu murcia region de|or ourense
na navarra|na nafarroa|na comunidad foral de navarra|na navarra comunidad foral de|na navarra nafarroa
o asturias|o principado de asturias|o asturias principado de
or orense|p palencia|pm illes balears|pm islas baleares|pm baleares|pm balears|pm balears illes|po pontevedra|s cantabria|sa salamanca
se sevilla|sg segovia|so soria|ss gipuzkoa|ss guipuzcoa|t tarragona|te teruel|tf santa cruz de tenerife|tf tenerife
to toledo|v valencia|va valladolid|vi alava|vi araba|vi araba alava|vi alava araba|v valencia valencia|z zaragoza|za zamora
o as|s cb|lo ri|m md|mu mc|na nc|pm ib
"""


def _by_name(text: str) -> dict[str, str]:
    """Name → code."""
    pairs = [entry.split(" ", 1) for line in text.split("\n") for entry in line.split("|") if entry]
    return {name: code for code, name in pairs}


def _two_names() -> dict[str, str]:
    """The second name, and both together in either order → the first one."""
    pairs = [tuple(entry.strip().split("|")) for line in _TWO_NAMES.split("\n") for entry in line.split(",") if entry]
    return {name: one for one, two in pairs for name in (two, f"{one} {two}", f"{two} {one}")}


CITIES["es"] |= _two_names()
# Parts of the names of places, in full.
PLACE_WORDS = {"sta": "santa", "sto": "santo"}
REGIONS = {"co": _by_name(_DEPARTMENTS), "es": _by_name(_PROVINCES)}
