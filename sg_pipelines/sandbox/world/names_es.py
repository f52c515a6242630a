"""Words people, firms and streets of Colombia and Spain are called by."""

from __future__ import annotations

FIRST_ES = tuple(
    """
Adriana|Agustín|Alba|Alberto|Alejandra|Alejandro|Alicia|Álvaro|Ana María|Andrea|Andrés|Ángela|Antonio|Beatriz|Begoña
Camila|Camilo|Carlos|Carlos Andrés|Carmen|Carolina|Catalina|Cecilia|César|Clara Inés|Claudia|Cristina|Daniel|Daniela
David|Diana|Diego|Diego Fernando|Eduardo|Elena|Emilio|Ernesto|Esperanza|Esteban|Estefanía|Fabián|Felipe|Fernanda
Fernando|Francisco|Gabriela|Gloria|Gonzalo|Guillermo|Gustavo|Héctor|Hernán|Hugo|Ignacio|Inés|Íñigo|Irene|Isabel
Iván|Jaime|Javier|Jesús|Jimena|Joaquín|Jorge|José|José Luis|José Manuel|Juan|Juan Carlos|Juan Pablo|Juan Sebastián
Juana|Julián|Laura|Leonardo|Lina María|Lorena|Lucía|Luis|Luis Fernando|Luisa|Luz Marina|Manuel|Marcela|Marcos
Margarita|María|María Fernanda|María José|María Paula|María Teresa|Mariana|Marta|Mateo|Mauricio|Mercedes|Miguel
Miguel Ángel|Mónica|Natalia|Nicolás|Nuria|Óscar|Pablo|Paloma|Paola|Patricia|Pedro|Pilar|Rafael|Ramón|Raquel|Raúl
Ricardo|Roberto|Rocío|Rodrigo|Rosa|Rubén|Samuel|Sandra|Santiago|Sara|Sebastián|Sergio|Silvia|Sofía|Susana|Tomás
Valentina|Vanesa|Verónica|Vicente|Víctor|Viviana|Ximena|Yolanda
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
SURNAMES = """
Acevedo Acosta Aguilar Aguirre Alonso Álvarez Arango Arias Ávila Ballesteros Barrera Barrios Bautista Beltrán Benítez
Bermúdez Bernal Blanco Botero Bravo Caballero Cabrera Calderón Calvo Camacho Campos Cano Cárdenas Carrasco Castaño
Castillo Castro Cifuentes Contreras Córdoba Correa Cortés Crespo Cruz Cuesta Delgado Díaz Domínguez Duarte Echeverri
Escobar Espinosa Esteban Fajardo Fernández Ferrer Flores Forero Franco Fuentes Gaitán Gallego Gallo García Garrido
Garzón Gil Giraldo Gómez González Granados Guerrero Gutiérrez Guzmán Henao Hernández Herrera Hidalgo Hoyos Hurtado
Ibáñez Iglesias Jaramillo Jiménez Lara León Londoño López Lorenzo Lozano Luna Marín Márquez Martín Martínez Medina
Mejía Méndez Mendoza Molina Montero Montes Montoya Mora Morales Moreno Muñoz Murillo Navarro Nieto Núñez Ochoa Ordóñez
Orozco Ortega Ortiz Ospina Osorio Pardo Parra Pascual Peña Peñalosa Perdomo Pérez Pineda Pinzón Prieto Quintero
Quiroga Ramírez Ramos Rentería Restrepo Reyes Ríos Rivas Rivera Robledo Rodríguez Rojas Román Romero Rueda Ruiz Saavedra
Sáenz Salazar Salcedo Sánchez Sandoval Santana Santos Sanz Sarmiento Serrano Sierra Solano Soler Soto Suárez Tamayo
Tejada Toro Torres Trujillo Urbina Uribe Valencia Vallejo Vargas Vásquez Vega Velasco Velásquez Vélez Vera Vidal
Villegas Yepes Zapata Zúñiga
""".split()  # noqa: SIM905 - words read better than a column of quotes
# City, department by its ISO code, first digits of the postal code, first digits of a land line.
CITIES_CO = (
    ("Bogotá", "DC", "110", "601"), ("Medellín", "ANT", "050", "604"), ("Envigado", "ANT", "055", "604"),
    ("Cali", "VAC", "760", "602"), ("Palmira", "VAC", "763", "602"), ("Barranquilla", "ATL", "080", "605"),
    ("Cartagena", "BOL", "130", "605"), ("Santa Marta", "MAG", "470", "605"), ("Montería", "COR", "230", "604"),
    ("Bucaramanga", "SAN", "680", "607"), ("Cúcuta", "NSA", "540", "607"), ("Pereira", "RIS", "660", "606"),
    ("Manizales", "CAL", "170", "606"), ("Armenia", "QUI", "630", "606"), ("Ibagué", "TOL", "730", "608"),
    ("Neiva", "HUI", "410", "608"), ("Popayán", "CAU", "190", "602"), ("Chía", "CUN", "250", "601"),
    ("Tunja", "BOY", "150", "608"), ("Villavicencio", "MET", "500", "608"),
)  # fmt: skip
# City, province by its ISO code, first digits of the postal code, first digits of a land line.
CITIES_ES = (
    ("Madrid", "M", "28", "91"), ("Alcalá de Henares", "M", "28", "91"), ("Barcelona", "B", "08", "93"),
    ("Valencia", "V", "46", "96"), ("Sevilla", "SE", "41", "95"), ("Málaga", "MA", "29", "95"),
    ("Zaragoza", "Z", "50", "976"), ("Bilbao", "BI", "48", "94"), ("A Coruña", "C", "15", "981"),
    ("Gijón", "O", "33", "98"), ("Valladolid", "VA", "47", "983"), ("León", "LE", "24", "987"),
    ("Cádiz", "CA", "11", "956"), ("Córdoba", "CO", "14", "957"), ("Alicante", "A", "03", "96"),
    ("Murcia", "MU", "30", "968"), ("Logroño", "LO", "26", "941"), ("Cáceres", "CC", "10", "927"),
)  # fmt: skip
WAYS_CO = ("Calle", "Carrera", "Avenida", "Diagonal", "Transversal")
WAYS_ES = ("Calle", "Calle", "Avenida", "Paseo", "Plaza")
STREETS_ES = tuple(
    """
Mayor|del Sol|de la Luna|del Príncipe|de Alcalá|de la Constitución|de Velázquez|de Goya|del Mar|de la Rosa|del Río
de San Miguel|de Santa Ana|de los Álamos|de la Fuente|del Olmo|Real|de Cervantes|de Colón|de la Paz|de América|del Pilar
de Andalucía|de Galicia|de la Ermita|del Prado|de Jardines|de la Estación|de Murillo|de Núñez
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
ABBREVIATIONS = {
    "Calle": ("Cl.", "C/"),
    "Carrera": ("Cra.", "Cra."),
    "Avenida": ("Av.", "Avda."),
}
FIRM_HEADS_ES = """
Almacenes Comercial Confecciones Construcciones Distribuciones Editorial Electrónica Exportaciones Ferretería Floristería
Hotel Imprenta Inversiones Joyería Laboratorios Librería Logística Muebles Panadería Papelería Pastelería Restaurante
Suministros Talleres Textiles Transportes Viajes Viveros
""".split()  # noqa: SIM905 - words read better than a column of quotes
FIRM_TAILS_ES = tuple(f"{one} {other}" for one in SURNAMES[::6] for other in ("Hermanos", "del Norte", "del Sur", "e Hijos", "Asociados", "Express"))  # fmt: skip
TAGS_ES = ("vip", "mayorista", "suscriptor", "fiel", "devoluciones", "local", "regalos", "madrugador")
TIERS_ES = ("bronce", "plata", "oro")
