"""The states that worked examples bring about, of which pictures are taken."""

from collections.abc import Iterator

from playground import recipes
from playground.engine import comparisons
from playground.engine.client import Client
from playground.specs.edit import with_value
from tests import clicks
from tests.faults.engine import wait_for
from tests.shown import Shot, begun, kept


def examples(client: Client) -> Iterator[Shot]:
    """What worked examples bring about: sequences, a comparison, every step by hand, a question and a verdict."""
    yield Shot("data-sequences", f"/Data?draft={kept(client, begun('next_value'))}", "as a line|Split")
    yield Shot("home-offline", "/", "Examples", clicks.offline)
    plan = comparisons.planned(recipes.recipe("xor"))
    if plan is not None:
        title = recipes.recipe("xor").title
        long = tuple((label, with_value(spec, "epochs", 50_000)) for label, spec in plan.members)
        going = comparisons.submit(client, plan._replace(members=long), title)  # in every look of the picture
        yield Shot("compare-going", f"/Compare?compare={going.id}", "side by side")
        comparisons.stop(client, going)
        compared = comparisons.submit(client, plan, title)
        for member in (*going.members, *compared.members):
            wait_for(client, member.run_id, lambda run: run.is_ended)
        yield Shot("compare-variants", f"/Compare?compare={compared.id}", "What differs")
    line = recipes.recipe("linear-regression-by-hand")
    yield Shot("by-hand-line", f"/By_hand?draft={kept(client, line.spec)}", "The way down the loss")
    network = next(each.of(line.spec) for each in line.try_next if "model.layers" in each.changes)
    yield Shot("by-hand-network", f"/By_hand?draft={kept(client, network)}", "New weights")
    asked = client.store.drafts.create(recipes.recipe("iris-sklearn-vs-keras").spec, client.settings.owner)
    run = wait_for(client, client.submit(asked.spec, draft_id=asked.id), lambda run: run.is_ended)
    client.store.drafts.ran(asked.id, run.id)
    yield Shot("train-verdict", f"/Train?draft={asked.id}", "What this run says", clicks.verdict)
