"""Words products are called by."""

from __future__ import annotations

from sg_pipelines.sandbox.world.locale import Goods

_FIRST = """
Alpine Arctic Autumn Bold Breezy Canyon Classic Coastal Compact Country Desert Everyday Foldable Forest Harvest
Heritage Highland Island Lakeside Meadow Midnight Modern Nordic Pacific Pocket Prairie Rugged Rustic Sierra Sunrise
Trail Urban Vintage Weekend Winter
""".split()  # noqa: SIM905 - words read better than a column of quotes
_SECOND = """
Aluminum Bamboo Brass Canvas Ceramic Copper Cork Cotton Denim Enamel Felt Flannel Glass Leather Linen Maple Oak Steel
Walnut Wool
""".split()  # noqa: SIM905 - words read better than a column of quotes
_THIRD = """
Apron Backpack Basket Bench Blanket Bottle Bowl Box Brush Candle Carafe Chair Clock Coaster Cooler Cup Cushion Desk
Duffel Fan Flask Frame Glove Griddle Hammock Hat Hook Jacket Jar Journal Kettle Knife Ladle Lamp Lantern Mat Mirror Mug
Notebook Organizer Pan Pillow Planter Plate Pot Pouch Rack Rug Satchel Scarf Shelf Skillet Stool Table Tent Thermos
Towel Tray Tumbler Umbrella Vase Wallet
""".split()  # noqa: SIM905 - words read better than a column of quotes


def _american_name(first: str, second: str, third: str) -> str:
    return f"{first} {second} {third}"


def _described(name: str) -> str:
    return f"{name}. Made to last, packed by hand, shipped within two days."


AMERICAN_GOODS = Goods(
    name=_american_name,
    first=tuple(_FIRST),
    second=tuple(_SECOND),
    third=tuple(_THIRD),
    colours=("Black", "Blue", "Green", "Red", "Sand", "White"),
    sizes=("Large", "Medium", "Small"),
    describe=_described,
    locations=("Main Warehouse", "East Depot", "Store Front"),
)
_PRIMERO = """
Alpino Andino Artesanal Atlántico Bogotano Caribeño Clásico Compacto Cordobés Costeño Diario Elegante Fino Gallego
Ibérico Invernal Isleño Ligero Llanero Mediterráneo Moderno Montañés Nocturno Otoñal Pacífico Paisa Plegable Práctico
Rústico Serrano Tropical Urbano Veraniego Viajero Vintage
""".split()  # noqa: SIM905 - words read better than a column of quotes
_SEGUNDO = """
acero algodón aluminio arcilla bambú barro caña cerámica cobre corcho cuero esmalte fieltro fique lana lino nogal
roble tela vidrio
""".split()  # noqa: SIM905 - words read better than a column of quotes
_TERCERO = """
Bolso Botellón Cajón Candelero Canasto Cazo Cepillo Cesto Cofre Cojín Cuaderno Cuadro Cuchillo Delantal Escritorio
Espejo Estante Estuche Farol Florero Frasco Gancho Guante Hervidor Jarrón Juego Mantel Marco Molde Monedero Morral
Mueble Organizador Paño Paraguas Perchero Plato Portafolio Reloj Salero Cuenco Sillón Sombrero Tablero Tapete Tarro
Tazón Termo Toldo Utensilio Vaso
""".split()  # noqa: SIM905 - words read better than a column of quotes


def _spanish_name(first: str, second: str, third: str) -> str:
    return f"{third} {first} de {second}"


def _descrito(name: str) -> str:
    return f"{name}. Hecho para durar, empacado a mano, con envío en dos días."


SPANISH_GOODS = Goods(
    name=_spanish_name,
    first=tuple(_PRIMERO),
    second=tuple(_SEGUNDO),
    third=tuple(_TERCERO),
    colours=("Negro", "Azul", "Verde", "Rojo", "Marrón", "Blanco"),
    sizes=("Grande", "Mediano", "Pequeño"),
    describe=_descrito,
    locations=("Bodega Central", "Centro Norte", "Tienda Principal"),
)
