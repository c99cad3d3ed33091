package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The quantities that paper orders have taken from one side of a book. A level that was taken is not available to the
 * next order, until the exchange shows another quantity there or no longer shows the level.
 */
final class ConsumedLiquidity {

    private record Level(BigDecimal shown, BigDecimal taken) {}

    private final Map<BigDecimal, Level> levels = new HashMap<>();

    /** Forgets levels that the book now shows with another quantity or not at all. */
    void refresh(Levels side) {
        if (levels.isEmpty()) {
            return;
        }
        Set<BigDecimal> unchanged = new HashSet<>();
        for (int i = 0; i < side.size(); i++) {
            BigDecimal price = side.price(i).stripTrailingZeros();
            Level level = levels.get(price);
            if (level != null && level.shown.compareTo(side.qty(i)) == 0) {
                unchanged.add(price);
            }
        }
        levels.keySet().retainAll(unchanged);
    }

    /** The remaining quantity of a level. */
    BigDecimal remaining(BigDecimal price, BigDecimal shown) {
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
