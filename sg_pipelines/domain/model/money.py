"""An amount of a currency. Amounts of two currencies are never added, subtracted or held to be near each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# ISO 4217: currencies whose amounts have no decimals, or three. All others have two.
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_DECIMALS = dict.fromkeys(_WHOLE.split(), 0)
_DECIMALS |= dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
_CENTS = {places: Decimal(1).scaleb(-places) for places in (0, 2, 3)}

# Of two decimals that nobody pays: there are no coins of less than a unit.
_PAID_WHOLE = frozenset({"COP"})

# ISO 4217: what is in use.
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(_CODES.split())


def currency_code(written: str | None) -> str:
    """A currency as its code is written; empty where none is."""
    return (written or "").strip().upper()


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in whole units of `currency` (ISO 4217; empty for a plain number). False when it is nothing."""

    amount: Decimal
    currency: str

    @property
    def cent(self) -> Decimal:
        """The smallest amount of the currency that is written."""
        return _CENTS[_DECIMALS.get(self.currency, 2)]

    @property
    def coin(self) -> Decimal:
        """The smallest amount of the currency that is paid."""
        return Decimal(1) if self.currency in _PAID_WHOLE else self.cent

    def is_near(self, other: Money, distance: Decimal) -> bool:
        """The same currency, and at most so far apart."""
        return self.currency == other.currency and abs(self.amount - other.amount) <= distance

    def __bool__(self) -> bool:
        return self.amount != 0

    def __add__(self, other: Money) -> Money:
        """ValueError for another currency."""
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added up")
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """ValueError for another currency."""
        return self + -other

    def __abs__(self) -> Money:
        return Money(abs(self.amount), self.currency)

    def __str__(self) -> str:
        """The number with the decimals its currency has, or more where it states more."""
        usual = self.amount.quantize(self.cent)
        return f"{usual if usual == self.amount else self.amount.normalize() + 0:f}"
