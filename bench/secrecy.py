"""Recall and false alarms of the scan of free text, on generated corpora and on prose that people wrote.

    python bench/secrecy.py [--each 1600] [--sentences 100000]

Identity numbers are made by their own rule and written in every way of tests/secrecy. What it prints
is read by people.
"""

import argparse
import time
from collections import Counter

from arshjul.secrecy import contacts, identity_numbers
from tests.secrecy.corpora import planted, sentences_in, written_prose
from tests.secrecy.prose import sentences
from tests.secrecy.writings import WRITINGS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=1_600, help="texts for each writing")
    parser.add_argument("--sentences", type=int, default=100_000, help="sentences of generated prose")
    asked = parser.parse_args()
    begun = time.perf_counter()
    wanted = 0
    missed: Counter[str] = Counter()
    for name, text, places in planted(1, asked.each):
        found = identity_numbers(text)
        wanted += len(places)
        missed[name] += sum(not any(n.start < e and s < n.end for n in found) for s, e in places)
    misses = sum(missed.values())
    print(f"identity numbers: {len(WRITINGS)} writings, {wanted} numbers, {misses} missed")
    print(f"  recall {1 - misses / wanted:.5f}   {time.perf_counter() - begun:.0f} s")
    for name, count in missed.most_common(5):
        if count:
            print(f"  {name}: {count}")
    prose = sentences(2, asked.sentences)
    alarms = [text for text in prose if identity_numbers(text)]
    print(f"generated prose: {len(prose)} sentences, {len(alarms)} false alarms")
    print(f"  {1000 * len(alarms) / len(prose):.3f} in a thousand")
    counted = false = reached = 0
    for _, text in written_prose():
        counted += sentences_in(text)
        false += len(identity_numbers(text))
        reached += len(contacts(text))
    print(f"written prose: {counted} sentences, {false} false alarms; telephones and addresses {reached}")


if __name__ == "__main__":
    main()
