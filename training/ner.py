"""Train the entity component: MODELS/ner.

    python -m training.ner CORPORA [--models DIR] [--without FILE ...] [--seed 7] [--epochs 8]

A small spaCy component (hashed embeddings, convolutions, transitions) learns from filled templates (ner.toml) and from
paragraphs of the corpora labelled by the rulers, part of both damaged as the light channel of repair says. Names of
the sentences in bench/ner.txt are used nowhere. See models/ner.md.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from spacy.util import compounding, filter_spans, fix_random_seed, minibatch

from bench.ner import SENTENCES, sentences
from ntm_extract.edges.data import load_knowledge
from ntm_extract.edges.models import load_repairer
from ntm_extract.ner.labels import LEARNED, PERSON, PLACE, PROGRAMME
from ntm_extract.ner.pipeline import blank, build
from training.lexicon import corpus, held_out
from training.ner_text import CLAUSE, Damage, Labelled, Writer, weak

WORDS = Path(__file__).with_name("ner.toml")
SOURCES = (("ntm_domain", 4000), ("vbpl", 3000), ("viwiki", 2500))
FILLED = 9000
DAMAGED, RATES = 0.4, (0.01, 0.06)  # share of texts, share of their letters
LONGEST = 420  # characters of a text
WIDTH, DEPTH, HIDDEN = 64, 3, 48
ATTRIBUTES = {"LOWER": 4000, "NORM": 2500, "SHAPE": 500}  # rows of hashed embeddings


def model() -> dict[str, object]:
    """The network."""
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "include_static_vectors": False}
    embed |= {"attrs": list(ATTRIBUTES), "rows": list(ATTRIBUTES.values())}
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "window_size": 1, "maxout_pieces": 2}
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": HIDDEN,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode | {"depth": DEPTH}},
    }


def paragraphs(corpora: Path, without: frozenset[str], names: frozenset[str], rng: random.Random) -> Iterator[str]:
    """Random pieces of the corpora's lines, none with a name that is scored."""
    for name, count in SOURCES:
        lines = [line for line in corpus(corpora, name, without) if len(line) > 40]
        for line in rng.sample(lines, min(count, len(lines))):
            parts = CLAUSE.split(line)
            start = rng.randrange(len(parts))
            text = " ".join(parts[start : start + 3])[:LONGEST]
            if len(text) > 20 and not any(n in text for n in names):
                yield text


def example(nlp: Language, given: Labelled) -> Example:
    """The text with its entities; unknown stretches teach nothing."""
    reference = nlp.make_doc(given.text)
    found = [reference.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in given.spans]
    spans = filter_spans([span for span in found if span is not None])
    taken = {i for span in spans for i in range(span.start, span.end)}
    unsure = [reference.char_span(a, b, alignment_mode="expand") for a, b in given.unknown if a < b]
    missing = {i for span in unsure if span is not None for i in range(span.start, span.end)} - taken
    reference.set_ents(spans, missing=[reference[i : i + 1] for i in sorted(missing)], default="outside")
    return Example(nlp.make_doc(given.text), reference)


def material(nlp: Language, args: argparse.Namespace, rng: random.Random) -> list[Example]:
    """Everything to learn from."""
    knowledge = load_knowledge()
    scored = [s for given in sentences(SENTENCES) for s in ((given.text[a:b], label) for a, b, label in given.spans)]
    names = frozenset(text for text, label in scored if label in (PLACE, PERSON, PROGRAMME) and " " in text)
    writer = Writer(WORDS, knowledge, names, rng)
    damage = Damage(load_repairer(args.models).regimes["light"].channel)
    rulers = build(knowledge, knowledge.lexicon)
    pieces = list(paragraphs(args.corpora, held_out(args.without), names, rng))
    texts = [writer.sentence() for _ in range(FILLED)]
    texts = [_with_rulers(given, rulers) for given in texts] + list(weak(pieces, rulers, writer, rng))
    texts = [damage(t, rng.uniform(*RATES), rng) if rng.random() < DAMAGED else t for t in texts]
    return [example(nlp, given) for given in texts if given.text.strip()]


def _with_rulers(given: Labelled, rulers: Language) -> Labelled:
    """A filled template with what stands in its fixed words: organisations and documents."""
    found = [(e.start_char, e.end_char, e.label_) for e in rulers(given.text).ents if e.label_ in ("ORG", "LAW")]
    free = [f for f in found if not any(a < f[1] and f[0] < b for a, b, _ in given.spans)]
    return given._replace(spans=sorted([*given.spans, *free]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, default=8)
    args = parser.parse_args()
    fix_random_seed(args.seed)
    rng = random.Random(args.seed)
    nlp = blank()
    component = nlp.add_pipe("ner", config={"model": model()})
    for label in LEARNED:
        component.add_label(label)  # type: ignore[attr-defined]
    examples = material(nlp, args, rng)
    print(f"{len(examples)} texts, {sum(len(e.reference) for e in examples)} tokens", flush=True)
    optimizer = nlp.initialize(lambda: examples[:200])
    sizes = compounding(16.0, 128.0, 1.003)
    begin = time.monotonic()
    for epoch in range(args.epochs):
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, sizes):
            nlp.update(batch, sgd=optimizer, drop=0.2, losses=losses)
        print(f"epoch {epoch + 1}: loss {losses['ner']:.0f}, {time.monotonic() - begin:.0f} s", flush=True)
    folder = args.models / "ner"
    shutil.rmtree(folder, ignore_errors=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(folder, exclude=["vocab", "tokenizer"])
    print(f"{sum(f.stat().st_size for f in folder.rglob('*') if f.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
