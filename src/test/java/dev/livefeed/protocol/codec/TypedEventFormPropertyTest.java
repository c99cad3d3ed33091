package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.TickerFigures;
import dev.livefeed.protocol.model.TypedEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events of the other types are equal after writing and parsing, in any order of fields. */
class TypedEventFormPropertyTest {

    private static final long NOW = 1_780_488_000_000_000L;

    /** A tree drops trailing zeros of a decimal, which tell the venue's precision; the value is the same. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW);
    private final EventWriter writer = new EventWriter();

    @Property
    void liquidationsRoundTrip(@ForAll("liquidations") Liquidation liquidation) throws Exception {
        assertRoundTrip(liquidation);
    }

    @Property(tries = 300)
    void tickersRoundTrip(@ForAll("tickers") Ticker ticker) throws Exception {
        assertRoundTrip(ticker);
    }

    @Property
    void klinesRoundTrip(@ForAll("klines") Kline kline) throws Exception {
        assertRoundTrip(kline);
    }

    @Property
    void adlAlertsRoundTrip(@ForAll("adlAlerts") AdlAlert alert) throws Exception {
        assertRoundTrip(alert);
    }

    @Property
    void insurancePoolsRoundTrip(@ForAll("insurancePools") InsurancePool pool) throws Exception {
        assertRoundTrip(pool);
    }

    @Property
    void priceLimitsRoundTrip(@ForAll("priceLimits") PriceLimit limit) throws Exception {
        assertRoundTrip(limit);
    }

    @Property
    void booksWithRpiOrdersRoundTrip(@ForAll("rpiDepths") RpiDepth depth) throws Exception {
        assertRoundTrip(depth);
    }

    private void assertRoundTrip(TypedEvent event) throws Exception {
        writer.clear();
        byte[] line = writer.write(event).toBytes();
        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        PrintableLine.assertPrintable(line, 126);

        assertThat(reader.read(line, 0, line.length - 1)).isEqualTo(event);

        ObjectNode tree = (ObjectNode) LineTree.MAPPER.readTree(line);
        tree.set("type", tree.remove("type"));
        Event turned = reader.read(LineTree.MAPPER.writeValueAsBytes(tree));
        assertThat(turned).hasSameClassAs(event);
        writer.clear();
        JsonNode again = LineTree.MAPPER.readTree(writer.write(turned).toBytes());
        assertThat(tree.equals(BY_VALUE, again)).as("%s is %s", tree, again).isTrue();
    }

    /** Above 0, below 10^15, at most 18 digits. */
    static Arbitrary<BigDecimal> decimals() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(BigInteger.ONE, BigInteger.TEN.pow(18).subtract(BigInteger.ONE));
        return Combinators.combine(digits, Arbitraries.integers().between(0, 18))
                .as(BigDecimal::new)
                .filter(d -> d.compareTo(BigDecimal.TEN.pow(15)) < 0);
    }

    static Arbitrary<Long> micros() {
        return Arbitraries.longs().between(1_230_768_000_000_000L, NOW);
    }

    static Arbitrary<String> categories() {
        return Arbitraries.of("linear", "inverse", "spot", "option").injectNull(0.3);
    }

    @Provide
    static Arbitrary<Liquidation> liquidations() {
        return Combinators.combine(
                        categories(),
                        micros(),
                        decimals(),
                        decimals(),
                        Arbitraries.of(Side.class),
                        micros(),
                        Arbitraries.of(true, false))
                .as((category, at, price, qty, side, received, synthetic) ->
                        new Liquidation("ETH-PERP", category, at, price, qty, side, received, synthetic));
    }

    private static Arbitrary<InstrumentId> instruments() {
        return categories().map(category -> InstrumentId.of(null, category, "ETH-PERP"));
    }

    @Provide
    static Arbitrary<AdlAlert> adlAlerts() {
        Arbitrary<AdlAlert.Figures> told = Combinators.combine(
                        Arbitraries.of("USDT", "BTC", "名"),
                        figures(true),
                        figures(true).injectNull(0.3),
                        figures(true).injectNull(0.3),
                        figures(true).injectNull(0.3),
                        figures(true).injectNull(0.3))
                .as(AdlAlert.Figures::new);
        return Combinators.combine(instruments(), micros(), told, micros(), Arbitraries.of(true, false))
                .as(AdlAlert::new);
    }

    @Provide
    static Arbitrary<InsurancePool> insurancePools() {
        return Combinators.combine(
                        instruments(),
                        micros(),
                        Arbitraries.of("USDT", "BTC"),
                        figures(true),
                        Arbitraries.longs().between(1, 1_000),
                        micros(),
                        Arbitraries.of(true, false))
                .as(InsurancePool::new);
    }

    @Provide
    static Arbitrary<PriceLimit> priceLimits() {
        return Combinators.combine(
                        instruments(), micros(), decimals(), decimals(), micros(), Arbitraries.of(true, false))
                .as(PriceLimit::new);
    }

    @Provide
    static Arbitrary<RpiDepth> rpiDepths() {
        Arbitrary<BigDecimal> sizes = Arbitraries.oneOf(decimals(), Arbitraries.just(BigDecimal.ZERO));
        Arbitrary<List<RpiDepth.Level>> side = Combinators.combine(decimals(), sizes, sizes)
                .as(RpiDepth.Level::new)
                .list()
                .ofMaxSize(5);
        return Combinators.combine(
                        instruments(),
                        micros(),
                        side,
                        side,
                        Arbitraries.longs().between(0, 999_999_999_999_999_999L),
                        micros(),
                        Arbitraries.of(true, false))
                .as(RpiDepth::new);
    }

    /** At most 38 digits, of either sign. */
    private static Arbitrary<BigDecimal> figures(boolean signed) {
        BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        Arbitrary<BigInteger> digits =
                Arbitraries.bigIntegers().between(signed ? most.negate() : BigInteger.ZERO, most);
        return Combinators.combine(digits, Arbitraries.integers().between(0, 36))
                .as(BigDecimal::new)
                .filter(d -> d.toPlainString().length() <= DecimalParser.MAX_WIDE_LENGTH)
                // Trailing zeros are removed if a number has more than 18 digits or decimal places.
                .map(d -> d.signum() == 0 ? BigDecimal.ZERO : d)
                .filter(d -> (d.scale() <= 18 && d.precision() <= 18)
                        || d.scale() == 0
                        || d.stripTrailingZeros().scale() == d.scale());
    }

    private static Arbitrary<BigDecimal> valueOf(TickerFigure figure) {
        boolean size = figure == TickerFigure.BID_QTY || figure == TickerFigure.ASK_QTY;
        return figure.isPrice() || size ? decimals() : figures(figure.isSigned());
    }

    @Provide
    static Arbitrary<Ticker> tickers() {
        Arbitrary<TickerFigures> told = Arbitraries.of(TickerFigure.class)
                .set()
                .ofMinSize(1)
                .ofMaxSize(TickerFigure.values().length)
                .flatMap(names -> Combinators.combine(names.stream()
                                .map(name -> valueOf(name).map(value -> new Object[] {name, value}))
                                .toList())
                        .as(pairs -> {
                            TickerFigures.Builder figures = new TickerFigures.Builder();
                            pairs.forEach(pair -> figures.set((TickerFigure) pair[0], (BigDecimal) pair[1]));
                            return figures.build();
                        }));
        return Combinators.combine(
                        categories(),
                        micros(),
                        told,
                        Arbitraries.longs()
                                .between(1_230_768_000_000_000L, NOW + 39 * 86_400_000_000L)
                                .injectNull(0.2),
                        Arbitraries.longs().between(-1, 999_999_999_999_999_999L),
                        micros(),
                        Arbitraries.of(true, false))
                .as((category, at, figures, funding, seq, received, synthetic) -> new Ticker(
                        "BTCUSDT", category, at, figures, funding == null ? -1 : funding, seq, received, synthetic));
    }

    @Provide
    static Arbitrary<Kline> klines() {
        Arbitrary<java.util.List<BigDecimal>> prices =
                decimals().list().ofSize(4).map(list -> list.stream().sorted().toList());
        return Combinators.combine(
                        categories(),
                        Arbitraries.of(KlineInterval.class),
                        micros(),
                        Arbitraries.longs().between(1, 31L * 86_400_000_000L),
                        prices,
                        figures(false).list().ofSize(2),
                        Arbitraries.of(true, false),
                        micros())
                .as((category, interval, at, length, price, sums, closed, received) -> new Kline(
                        "BTCUSDT",
                        category,
                        at,
                        interval,
                        at,
                        at + length,
                        price.get(closed ? 1 : 2),
                        price.get(3),
                        price.get(0),
                        price.get(closed ? 2 : 1),
                        sums.get(0),
                        closed ? sums.get(1) : null,
                        closed,
                        received,
                        !closed));
    }
}
