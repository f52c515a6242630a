"""Wire-level, stateful simulators of the three platforms and the world of people behind them.

May import `sg_pipelines.errors` and `sg_pipelines.domain.model`, nothing else of the product: it must not share a
mistake with what it tests.
"""
