package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.model.Position;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Wallet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Account events are equal after writing and parsing. */
class AccountEventFormPropertyTest {

    private static final long NOW = 1_780_488_000_000_000L;

    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW);
    private final EventWriter writer = new EventWriter();

    @Property(tries = 100)
    void ordersRoundTrip(
            @ForAll("amounts") BigDecimal amount,
            @ForAll("figures") BigDecimal figure,
            @ForAll("ids") String id,
            @ForAll("words") String word,
            @ForAll("raws") Map<String, Object> raw,
            @ForAll boolean full)
            throws Exception {
        assertRoundTrip(new Order(
                "ETH-PERP",
                full ? "linear" : null,
                NOW - 1_000,
                id,
                full ? id : null,
                full ? Side.BUY : Side.SELL,
                full ? word : null,
                word,
                full ? amount : null,
                amount,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? figure : null,
                full ? "USDT" : null,
                full ? amount : null,
                full ? word : null,
                full ? Boolean.FALSE : null,
                full ? word : null,
                full ? NOW - 5_000 : null,
                raw,
                NOW,
                full));
    }

    @Property(tries = 100)
    void executionsRoundTrip(
            @ForAll("amounts") BigDecimal amount,
            @ForAll("figures") BigDecimal figure,
            @ForAll("ids") String id,
            @ForAll("words") String word,
            @ForAll("raws") Map<String, Object> raw,
            @ForAll boolean full)
            throws Exception {
        assertRoundTrip(new Execution(
                "BTCUSDT",
                full ? "spot" : null,
                NOW - 1_001,
                id,
                null,
                id,
                full ? id : null,
                Side.SELL,
                amount,
                amount,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? "BTC" : null,
                full ? Boolean.TRUE : null,
                full ? word : null,
                full ? word : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? figure : null,
                full ? 7L : null,
                full,
                raw,
                NOW,
                full));
    }

    @Property(tries = 100)
    void bookingsRoundTrip(
            @ForAll("amounts") BigDecimal amount,
            @ForAll("figures") BigDecimal figure,
            @ForAll("ids") String id,
            @ForAll("words") String word,
            @ForAll("raws") Map<String, Object> raw,
            @ForAll boolean full)
            throws Exception {
        Execution booking = new Execution(
                "BTCUSDT",
                full ? "linear" : null,
                NOW - 1_001,
                id,
                word,
                full ? id : null,
                full ? id : null,
                full ? Side.SELL : null,
                full ? amount : null,
                full ? amount : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? "BTC" : null,
                full ? Boolean.TRUE : null,
                full ? word : null,
                full ? word : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? figure : null,
                full ? 7L : null,
                full,
                raw,
                NOW,
                full);
        assertRoundTrip(booking);
        assertThat(booking.type()).isEqualTo("booking");
        assertThat(EventWriter.text(booking))
                .startsWith("{\"type\":\"execution\"")
                .contains("\"trade\":false");
    }

    @Property(tries = 100)
    void positionsRoundTrip(
            @ForAll("amounts") BigDecimal amount,
            @ForAll("figures") BigDecimal figure,
            @ForAll("words") String word,
            @ForAll("raws") Map<String, Object> raw,
            @ForAll boolean full)
            throws Exception {
        assertRoundTrip(new Position(
                "BTCUSDT",
                full ? "inverse" : null,
                NOW,
                full ? Side.SELL : null,
                full ? amount : BigDecimal.ZERO,
                full ? 2L : null,
                full ? amount : null,
                full ? amount : null,
                full ? figure : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? amount : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? word : null,
                full ? NOW - 9_000 : null,
                full ? 9L : null,
                raw,
                NOW,
                full));
    }

    @Property(tries = 100)
    void walletsRoundTrip(
            @ForAll("figures") BigDecimal figure,
            @ForAll("words") String word,
            @ForAll("raws") Map<String, Object> raw,
            @ForAll boolean full)
            throws Exception {
        Wallet.Coin coin = new Wallet.Coin(
                "USDT",
                figure,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                raw);
        assertRoundTrip(new Wallet(
                NOW,
                word,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? figure : null,
                full ? List.of(coin, coin) : List.of(),
                raw,
                NOW,
                full));
    }

    private void assertRoundTrip(AccountEvent event) throws Exception {
        writer.clear();
        byte[] line = writer.write(event).toBytes();
        PrintableLine.assertPrintable(line, 127);

        // Trailing zeros may be dropped from numbers with more than 18 decimal places; the value is the same.
        assertThat(reader.read(line, 0, line.length - 1))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(event);
        assertThat(EventWriter.text(event)).isEqualTo(new String(line, 0, line.length - 1, StandardCharsets.UTF_8));
    }

    /** Not negative, at most 40 characters. */
    @Provide
    static Arbitrary<BigDecimal> amounts() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(30));
        return Combinators.combine(digits, Arbitraries.integers().between(0, 30))
                .as(BigDecimal::new);
    }

    @Provide
    static Arbitrary<BigDecimal> figures() {
        return Combinators.combine(amounts(), Arbitraries.of(true, false)).as((n, minus) -> minus ? n.negate() : n);
    }

    @Provide
    static Arbitrary<String> ids() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(128);
    }

    @Provide
    static Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abcxyz019_").ofMinLength(1).ofMaxLength(64);
    }

    @Provide
    static Arbitrary<Map<String, Object>> raws() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(s -> (Object) s),
                Arbitraries.integers().map(i -> (Object) i),
                Arbitraries.of(true, false).map(b -> (Object) b),
                Arbitraries.just((Object) List.of("a", Map.of("b", new BigDecimal("1.50")))));
        return Arbitraries.maps(Arbitraries.strings().ofMinLength(1).ofMaxLength(10), values)
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
    }
}
