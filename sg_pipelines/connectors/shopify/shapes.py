"""The shapes of answers to each of our queries, but for the nodes themselves, which are checked one by one."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from sg_pipelines.connectors.forms import Instant, Whole
from sg_pipelines.connectors.shopify.wire import Gid, Named


class PageInfo(TypedDict):
    """Whether there is more, and from where."""

    hasNextPage: bool
    endCursor: str | None


class Connection(TypedDict):
    """A page of anything."""

    nodes: list[Any]
    pageInfo: PageInfo


class Variants(TypedDict):
    """A page of ids."""

    nodes: list[Named]
    pageInfo: PageInfo


class Holder(TypedDict):
    """An inventory item; one that is gone by now has no variants."""

    id: Gid
    variants: Variants | None


class Product(TypedDict):
    """A product that changed."""

    id: Gid
    updatedAt: Instant
    variants: Variants


class Level(TypedDict):
    """A stock level that changed."""

    updatedAt: Instant
    item: Holder


class Levels(TypedDict):
    """A page of levels."""

    nodes: list[Level]
    pageInfo: PageInfo


class Place(TypedDict):
    """A location and its changed levels."""

    id: Gid
    inventoryLevels: Levels


class OfPlace(TypedDict):
    """More levels of one location."""

    inventoryLevels: Levels


class CompanyPlace(TypedDict):
    """A company's location that changed."""

    updatedAt: Instant
    company: Named


class Products(TypedDict):
    """A page of products."""

    nodes: list[Product]
    pageInfo: PageInfo


class Places(TypedDict):
    """A page of locations."""

    nodes: list[Place]
    pageInfo: PageInfo


class CompanyPlaces(TypedDict):
    """A page of companies' locations."""

    nodes: list[CompanyPlace]
    pageInfo: PageInfo


class ById(TypedDict):
    """Named nodes, null where there is none."""

    nodes: list[Any]


class UserError(TypedDict):
    """Why a mutation was refused."""

    message: str


class Started(TypedDict):
    """A bulk operation, or why there is none."""

    bulkOperation: Named | None
    userErrors: list[UserError]


class Told(TypedDict):
    """How a bulk operation stands."""

    status: str
    errorCode: str | None
    createdAt: Instant
    rootObjectCount: Whole
    url: str | None


class Scope(TypedDict):
    """Something the app is granted."""

    handle: str


class Installation(TypedDict):
    """What the app is granted."""

    accessScopes: list[Scope]


class Shop(TypedDict):
    """The shop itself."""

    myshopifyDomain: str
    currencyCode: str


class Bucket(TypedDict):
    """The shop's points."""

    maximumAvailable: float
    currentlyAvailable: float
    restoreRate: float


class Cost(TypedDict):
    """What the query was taken for, and what is left."""

    requestedQueryCost: NotRequired[float | None]
    throttleStatus: NotRequired[Bucket | None]


class Extensions(TypedDict):
    """What comes beside the data."""

    cost: NotRequired[Cost | None]


class Reason(TypedDict):
    """What comes beside an error."""

    code: NotRequired[str | None]


class Refusal(TypedDict):
    """One error of GraphQL."""

    message: NotRequired[str | None]
    extensions: NotRequired[Reason | None]


class Reply(TypedDict):
    """Any answer of GraphQL. `errors` may be a text when it is not GraphQL that refuses."""

    extensions: NotRequired[Extensions | None]
    errors: NotRequired[list[Refusal] | dict[str, Any] | str | None]


class Examined(TypedDict):
    """The shop and what we may."""

    shop: Shop
    currentAppInstallation: Installation


class Data(TypedDict):
    """What any query brings."""

    data: dict[str, Any]


class RunBulk(TypedDict):
    """The answer to `queries.RUN_BULK`; the others are called like theirs."""

    bulkOperationRunQuery: Started


class PollBulk(TypedDict):
    """Null when it is not known any more."""

    bulkOperation: Told | None


class Rest(TypedDict):
    """Null when the node is gone."""

    node: dict[str, Any] | None


class AroundVariants(TypedDict):
    """The first pages of both."""

    products: Products
    locations: Places


class MoreProducts(TypedDict):
    """The next page."""

    products: Products


class MorePlaces(TypedDict):
    """The next page."""

    locations: Places


class MoreLevels(TypedDict):
    """The next page of one location; null when it is gone."""

    location: OfPlace | None


class MoreVariants(TypedDict):
    """The next page of one product or item; null when it is gone."""

    node: dict[str, Variants] | None


class MoreCompanyPlaces(TypedDict):
    """A page."""

    companyLocations: CompanyPlaces


class Left(TypedDict):
    """The points, which a query that tells the shop always names."""

    throttleStatus: Bucket


class Costs(TypedDict):
    """The same, around it."""

    cost: Left


class Examine(TypedDict):
    """The whole answer."""

    data: Examined
    extensions: Costs


class Count(TypedDict):
    """How many there are."""

    count: int


DATA, REPLY, EXAMINE = TypeAdapter(Data), TypeAdapter(Reply), TypeAdapter(Examine)
RUN_BULK, POLL_BULK = TypeAdapter(RunBulk), TypeAdapter(PollBulk)
BY_ID, REST = TypeAdapter(ById), TypeAdapter(Rest)
WAITING = TypeAdapter(Annotated[dict[str, Count], Field(min_length=1, max_length=1)])
CHANGED = TypeAdapter(Annotated[dict[str, Connection], Field(min_length=1, max_length=1)])
AROUND_VARIANTS = TypeAdapter(AroundVariants)
MORE_PRODUCTS, MORE_PLACES = TypeAdapter(MoreProducts), TypeAdapter(MorePlaces)
MORE_LEVELS, MORE_VARIANTS = TypeAdapter(MoreLevels), TypeAdapter(MoreVariants)
COMPANY_PLACES = TypeAdapter(MoreCompanyPlaces)
