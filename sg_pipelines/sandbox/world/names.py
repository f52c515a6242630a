"""Words the world's people, firms and streets are called by."""

from __future__ import annotations

FIRST = """
Ada Adrian Agnes Alan Albert Alice Alma Amos Amy Andre Angela Anita Anna Anton April Arthur Audrey Barbara Basil
Beatrice Bella Ben Bernard Beth Bianca Blake Boris Brenda Brian Bruce Camila Carl Carmen Carol Cecil Celia Chad
Clara Clement Clive Cora Craig Cynthia Dale Damian Dana Daniel Daphne David Dawn Dean Debra Denise Derek Diana
Dora Doris Duncan Earl Edgar Edith Edna Edwin Elena Eli Ella Elmer Elsa Emil Emma Enid Eric Esther Ethan Eva
Evan Faith Felix Fern Fiona Flora Frank Freda Gavin Gemma George Gerald Gina Glen Gloria Grace Grant Greta Guy
Hannah Harold Harry Hazel Hector Helen Henry Hilda Homer Hope Hugh Ian Ida Inez Ira Irene Iris Isaac Ivan Ivy
Jack Jacob James Jane Janet Jason Jean Jenna Jerome Jill Joan Joel John Jonas Joyce Judith Julia Karl Kate Keith
Kelly Ken Kirk Laura Leah Lena Leo Leona Lewis Lila Linda Lionel Lois Lorna Louis Lucas Lucy Luis Luke Lydia
Mabel Mae Marco Marian Marie Mark Martha Martin Mary Matthew Maude Max Megan Miles Mina Mona Morris Myra Nadia
Nancy Naomi Neil Nina Noel Nora Norman Olga Oliver Olive Opal Oscar Otto Owen Paige Pamela Patrick Paul Pearl
Peter Philip Phoebe Rachel Ralph Ramon Ray Rita Robert Roger Roland Rosa Ross Roy Ruby Rufus Ruth Sally Sam
Sandra Sarah Scott Selma Seth Sharon Sheila Simon Sofia Stella Steven Sybil Tara Ted Teresa Thelma Thomas Tina
Toby Tracy Una Ursula Vera Victor Vince Viola Wade Wallace Walter Wanda Warren Wayne Wendy Wilma Yvonne Zane
Zelda
""".split()  # noqa: SIM905 - words read better than a column of quotes
_HEADS = """
Ash Bar Bel Birch Black Bram Brook Cal Car Cart Clay Cole Crow Dal Den Dun East Elm Fair Farn Fen Ford Gar Glen
Gold Gran Green Hal Har Haw Hazel Hol Hunt Kel Ken Kings Lang Lin Lock Mal Mar Mel Mill Mor Nor Oak Pem Pres Rad
Red Rock Ros Sand Shel Stan Stock Sut Thorn Wald War Wel West Whit Wil Win Wood York
""".split()  # noqa: SIM905 - words read better than a column of quotes
_TAILS = """
berg bourne brook bury by combe croft dale den don field ford gate grove ham hart hurst land ley low man mere
more ridge rick shaw son stead stone ton wall water way well wick wood worth
""".split()  # noqa: SIM905 - words read better than a column of quotes
LAST = tuple(head + tail for head in _HEADS for tail in _TAILS)
STREETS = """
Acorn Alder Baker Beacon Bridge Canal Cedar Chapel Cherry Church College Copper Court Depot Dock Elder Falcon
Ferry Forest Foundry Garden Grange Harbor Heron Hickory High Hill Juniper King Lake Laurel Linden Maple Market
Meadow Mill Orchard Park Pine Poplar Prairie Quarry Queen Railway River School Spring Spruce Station Summit
Sycamore Tanner Temple Union Valley View Walnut Water Willow
""".split()  # noqa: SIM905 - words read better than a column of quotes
STREET_TYPES = (("Street", "St"), ("Avenue", "Ave"), ("Road", "Rd"), ("Drive", "Dr"), ("Lane", "Ln"), ("Court", "Ct"))
CITIES = (
    ("Aurora", "IL", "605"), ("Austin", "TX", "787"), ("Boise", "ID", "837"), ("Boulder", "CO", "803"),
    ("Buffalo", "NY", "142"), ("Camden", "NJ", "081"), ("Chico", "CA", "959"), ("Dayton", "OH", "454"),
    ("Denver", "CO", "802"), ("Durham", "NC", "277"), ("Elgin", "IL", "601"), ("Eugene", "OR", "974"),
    ("Fargo", "ND", "581"), ("Flint", "MI", "485"), ("Fresno", "CA", "937"), ("Galveston", "TX", "775"),
    ("Helena", "MT", "596"), ("Ithaca", "NY", "148"), ("Joliet", "IL", "604"), ("Lincoln", "NE", "685"),
    ("Macon", "GA", "312"), ("Madison", "WI", "537"), ("Mobile", "AL", "366"), ("Nashua", "NH", "030"),
    ("Ogden", "UT", "844"), ("Omaha", "NE", "681"), ("Peoria", "IL", "616"), ("Reno", "NV", "895"),
    ("Salem", "OR", "973"), ("Tacoma", "WA", "984"), ("Tulsa", "OK", "741"), ("Utica", "NY", "135"),
    ("Waco", "TX", "767"), ("Yuma", "AZ", "853"),
)  # fmt: skip
FIRM_HEADS = """
Amber Anchor Apex Atlas Beacon Bluebird Bright Cascade Cobalt Crescent Delta Ember Falcon Granite Harbor
Ironwood Keystone Lantern Maple Meridian Northern Orchid Pioneer Quartz Redwood Summit Tidal Union Vertex Willow
""".split()  # noqa: SIM905 - words read better than a column of quotes
FIRM_TAILS = ("Bakery", "Books", "Brewing", "Clinic", "Design", "Foods", "Freight", "Labs", "Media", "Motors", "Supply", "Textiles", "Tools", "Travel")  # fmt: skip
MAIL_HOSTS = ("example.com", "example.net", "example.org", "mail.example.com", "post.example.net")
TAGS = ("vip", "wholesale", "newsletter", "loyal", "returns", "local", "gift-buyer", "early-bird")
TIERS = ("bronze", "silver", "gold")
