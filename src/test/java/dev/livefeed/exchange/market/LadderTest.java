package dev.livefeed.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares a ladder with a sorted map. */
class LadderTest {

    record Change(long price, long size) {}

    @Property(tries = 300)
    void matchesASortedMapRankedFromTheBest(@ForAll boolean bid, @ForAll("changes") List<Change> changes) {
        Ladder ladder = new Ladder(bid);
        Comparator<Long> bestFirst = bid ? Comparator.reverseOrder() : Comparator.naturalOrder();
        TreeMap<Long, Long> model = new TreeMap<>(bestFirst);

        for (Change change : changes) {
            ladder.set(change.price(), change.size());
            if (change.size() == 0) {
                model.remove(change.price());
            } else {
                model.put(change.price(), change.size());
            }
        }

        assertThat(ladder.count()).isEqualTo(model.size());
        int rank = 0;
        for (var level : model.entrySet()) {
            assertThat(ladder.price(rank)).isEqualTo(level.getKey());
            assertThat(ladder.size(rank)).isEqualTo(level.getValue());
            assertThat(ladder.sizeAt(level.getKey())).isEqualTo(level.getValue());
            rank++;
        }
        ladder.cutTo(3);
        assertThat(ladder.count()).isEqualTo(Math.min(3, model.size()));
        if (!model.isEmpty()) {
            assertThat(ladder.price(0)).isEqualTo(model.firstKey());
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 60), Arbitraries.longs().between(0, 5))
                .as(Change::new)
                .list()
                .ofMaxSize(300);
    }
}
