package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What paper orders have taken from one side of a book. A level that was taken is not there for the next order; when
 * one looks again and finds that the exchange shows another size there, or no longer shows the level, it counts as
 * new.
 */
final class ConsumedLiquidity {

    private record Level(BigDecimal shown, BigDecimal taken) {}

    private final Map<BigDecimal, Level> levels = new HashMap<>();

    /** Forgets levels that the book no longer shows as they were. */
    void look(Levels side) {
        if (levels.isEmpty()) {
            return;
        }
        Set<BigDecimal> there = new HashSet<>();
        for (int i = 0; i < side.size(); i++) {
            BigDecimal price = side.price(i).stripTrailingZeros();
            Level level = levels.get(price);
            if (level != null && level.shown.compareTo(side.qty(i)) == 0) {
                there.add(price);
            }
        }
        levels.keySet().retainAll(there);
    }

    /** What is left of a level that shows this size. */
    BigDecimal left(BigDecimal price, BigDecimal shown) {
        Level level = levels.get(price.stripTrailingZeros());
        return level == null ? shown : shown.subtract(level.taken);
    }

    void take(BigDecimal price, BigDecimal shown, BigDecimal qty) {
        levels.merge(
                price.stripTrailingZeros(),
                new Level(shown, qty),
                (old, more) -> new Level(shown, old.taken.add(more.taken)));
    }
}
