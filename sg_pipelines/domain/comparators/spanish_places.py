"""How streets, cities, departments and provinces of Colombia and Spain are written: every spelling under one.

Words are in the form of `text_key`: small letters without accents. Departments and provinces go by their ISO 3166-2 code.
"""

from __future__ import annotations

# Marks of a number say nothing: "Calle 35 # 63-94" is "Calle 35 63-94".
NUMBER_MARKS = frozenset({"#", "no", "nro", "num", "numero"})
WORDS = {
    "calle": "c", "cl": "c", "cll": "c", "clle": "c", "ac": "ave c", "ak": "ave cra", "carrera": "cra", "cr": "cra",
    "kr": "cra", "kra": "cra", "cra": "cra", "crr": "cra", "k": "cra", "avenida": "ave", "avda": "ave", "avd": "ave",
    "av": "ave", "transversal": "tv", "transv": "tv", "trans": "tv", "tr": "tv", "tv": "tv", "diagonal": "dg", "diag": "dg",
    "circular": "cq", "circ": "cq", "autopista": "aut", "autop": "aut", "carretera": "ctra", "paseo": "po", "pso": "po",
    "plaza": "pl", "plza": "pl", "pza": "pl", "ronda": "rda", "travesia": "trv", "urbanizacion": "urb", "poligono": "pol",
    "apartamento": "apto", "apt": "apto", "apartado": "apdo", "oficina": "of", "ofic": "of", "edificio": "ed", "edif": "ed",
    "torre": "to", "bloque": "bl", "blq": "bl", "manzana": "mz", "interior": "int", "local": "lc", "loc": "lc",
    "piso": "p", "planta": "p", "puerta": "pta", "escalera": "esc", "izquierda": "izq", "izda": "izq", "derecha": "dcha",
    "dcho": "dcha", "norte": "n", "sur": "s", "este": "e", "oeste": "o",
}  # fmt: skip
CITIES = {
    "co": {
        "bogota d c": "bogota", "bogota dc": "bogota", "bogota distrito capital": "bogota", "santafe de bogota": "bogota",
        "santa fe de bogota": "bogota", "santafe de bogota d c": "bogota", "cartagena de indias": "cartagena",
        "santiago de cali": "cali", "san jose de cucuta": "cucuta", "san juan de pasto": "pasto",
    },
    "es": {
        "la coruna": "a coruna", "coruna": "a coruna", "alacant": "alicante", "palma de mallorca": "palma",
        "donostia": "san sebastian", "donostia san sebastian": "san sebastian", "gasteiz": "vitoria",
        "vitoria gasteiz": "vitoria", "gerona": "girona", "lerida": "lleida", "orense": "ourense", "bilbo": "bilbao",
        "iruna": "pamplona", "xixon": "gijon",
    },
}  # fmt: skip
_DEPARTMENTS = """
ama amazonas|ant antioquia|ara arauca|atl atlantico|bol bolivar|boy boyaca|cal caldas|caq caqueta|cas casanare|cau cauca
ces cesar|cho choco|cor cordoba|cun cundinamarca|dc bogota|dc bogota d c|dc bogota dc|dc distrito capital|dc d c
dc distrito capital de bogota|dc bogota distrito capital|gua guainia|guv guaviare|hui huila|lag la guajira|lag guajira
mag magdalena|met meta|nar narino|nsa norte de santander|put putumayo|qui quindio|ris risaralda|san santander
sap san andres y providencia|sap san andres|sap san andres providencia y santa catalina|suc sucre|tol tolima
vac valle del cauca|vac valle|vau vaupes|vid vichada
"""
_PROVINCES = """
a alicante|a alacant|a alicante alacant|ab albacete|al almeria|av avila|b barcelona|ba badajoz|bi bizkaia|bi vizcaya
bu burgos|c a coruna|c la coruna|c coruna|ca cadiz|cc caceres|ce ceuta|co cordoba|cr ciudad real|cs castellon|cs castello
cu cuenca|gc las palmas|gi girona|gi gerona|gr granada|gu guadalajara|h huelva|hu huesca|j jaen|l lleida|l lerida|le leon
lo la rioja|lu lugo|m madrid|m comunidad de madrid|ma malaga|ml melilla|mu murcia|na navarra|o asturias|or ourense
or orense|p palencia|pm illes balears|pm islas baleares|pm baleares|pm balears|po pontevedra|s cantabria|sa salamanca
se sevilla|sg segovia|so soria|ss gipuzkoa|ss guipuzcoa|t tarragona|te teruel|tf santa cruz de tenerife|tf tenerife
to toledo|v valencia|va valladolid|vi alava|vi araba|vi araba alava|z zaragoza|za zamora
o as|s cb|lo ri|m md|mu mc|na nc|pm ib
"""


def _by_name(text: str) -> dict[str, str]:
    """Name → code."""
    pairs = [entry.split(" ", 1) for line in text.split("\n") for entry in line.split("|") if entry]
    return {name: code for code, name in pairs}


REGIONS = {"co": _by_name(_DEPARTMENTS), "es": _by_name(_PROVINCES)}
