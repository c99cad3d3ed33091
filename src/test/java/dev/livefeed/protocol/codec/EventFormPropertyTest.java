package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events are equal after writing and parsing, in any order of fields. */
class EventFormPropertyTest {

    private static final long NOW = 1_780_488_000_000_000L;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW);
    private final EventWriter writer = new EventWriter();

    @Property
    void tradesRoundTrip(@ForAll("trades") Trade trade) throws Exception {
        assertThat(roundTrip(trade)).isEqualTo(trade);
    }

    @Property
    void depthRoundTrips(@ForAll("depths") Depth depth) throws Exception {
        assertThat(roundTrip(depth)).isEqualTo(depth);
    }

    @Property
    void typeMayBeTheLastField(@ForAll("trades") Trade trade) throws Exception {
        writer.clear();
        ObjectNode line = (ObjectNode) JSON.readTree(writer.write(trade).toBytes());
        line.set("type", line.remove("type"));

        Trade read = (Trade) reader.read(JSON.writeValueAsBytes(line));

        assertThat(read.price()).isEqualByComparingTo(trade.price());
        assertThat(read.qty()).isEqualByComparingTo(trade.qty());
        assertThat(read.timestampMicros()).isEqualTo(trade.timestampMicros());
        assertThat(read.id()).isEqualTo(trade.id());
    }

    private Event roundTrip(Event event) throws InvalidEventException {
        writer.clear();
        byte[] line = writer.write(event).toBytes();
        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        PrintableLine.assertPrintable(line, 126);
        return reader.read(line, 0, line.length - 1);
    }

    /** Above 0, below 10^15, at most 18 digits. */
    private static Arbitrary<BigDecimal> decimals() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(BigInteger.ONE, BigInteger.TEN.pow(18).subtract(BigInteger.ONE));
        return Combinators.combine(digits, Arbitraries.integers().between(0, 18))
                .as(BigDecimal::new)
                .filter(d -> d.compareTo(BigDecimal.TEN.pow(15)) < 0);
    }

    private static Arbitrary<Long> micros() {
        return Arbitraries.longs().between(1_230_768_000_000_000L, NOW);
    }

    @Provide
    static Arbitrary<Trade> trades() {
        Arbitrary<String> ids =
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(64).filter(EventFormPropertyTest::wellFormed);
        return Combinators.combine(
                        ids,
                        micros(),
                        decimals(),
                        decimals(),
                        Arbitraries.of(Side.class),
                        Arbitraries.longs().between(-1, Long.MAX_VALUE / 10),
                        Arbitraries.of(true, false),
                        micros())
                .as((id, at, price, qty, side, seq, flag, received) -> new Trade(
                        "ETH-PERP",
                        flag ? "linear" : null,
                        id,
                        at,
                        price,
                        qty,
                        side,
                        seq,
                        flag,
                        !flag,
                        received,
                        flag,
                        flag,
                        false));
    }

    /** JSON in UTF-8 cannot contain an unpaired surrogate. */
    private static boolean wellFormed(String text) {
        return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Provide
    static Arbitrary<Depth> depths() {
        Arbitrary<BigDecimal> prices =
                Arbitraries.longs().between(1, 999_999_999_999L).map(n -> BigDecimal.valueOf(n, 4));
        Arbitrary<BigDecimal> sizes =
                Arbitraries.longs().between(0, 999_999_999L).map(n -> BigDecimal.valueOf(n, 6));
        Arbitrary<Levels> sides = Combinators.combine(prices, sizes)
                .as(List::of)
                .list()
                .ofMaxSize(60)
                .map(rows -> {
                    Levels.Builder levels = new Levels.Builder();
                    rows.forEach(row -> levels.add(row.get(0), row.get(1)));
                    return levels.build();
                });
        Arbitrary<Long> ids = Arbitraries.longs().between(0, 999_999_999_999_999_999L);
        return Combinators.combine(
                        sides,
                        sides,
                        ids,
                        ids,
                        Arbitraries.of(true, false),
                        micros(),
                        Arbitraries.integers().between(0, 1000))
                .as((bids, asks, id, prev, flag, at, count) -> new Depth(
                        "BTCUSDT",
                        flag ? "spot" : null,
                        at,
                        bids,
                        asks,
                        id,
                        flag ? -1 : prev,
                        flag,
                        count,
                        at + 1,
                        flag));
    }
}
