package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** The figures of a ticker as exact decimals by name. Immutable. */
public final class TickerFigures {

    private static final TickerFigure[] NAMES = TickerFigure.values();

    private final BigDecimal[] values;

    private TickerFigures(BigDecimal[] values) {
        this.values = values;
    }

    /** A figure, or null. */
    public BigDecimal get(TickerFigure figure) {
        return values[figure.ordinal()];
    }

    public boolean isEmpty() {
        return Arrays.stream(values).allMatch(value -> value == null);
    }

    /** All figures, in the order of the protocol. */
    public void forEach(BiConsumer<TickerFigure, BigDecimal> action) {
        for (TickerFigure figure : NAMES) {
            if (values[figure.ordinal()] != null) {
                action.accept(figure, values[figure.ordinal()]);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickerFigures that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((figure, value) -> text.append(text.length() == 1 ? "" : ", ")
                .append(figure)
                .append('=')
                .append(value.toPlainString()));
        return text.append('}').toString();
    }

    /** A mutable set of figures. Not thread-safe. */
    public static final class Builder {

        private final BigDecimal[] values = new BigDecimal[NAMES.length];

        /** Sets a figure; null removes it. */
        public Builder set(TickerFigure figure, BigDecimal value) {
            values[figure.ordinal()] = value;
            return this;
        }

        public BigDecimal get(TickerFigure figure) {
            return values[figure.ordinal()];
        }

        public void clear() {
            Arrays.fill(values, null);
        }

        /** An immutable copy. */
        public TickerFigures build() {
            return new TickerFigures(values.clone());
        }
    }
}
