package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.protocol.model.Event;
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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field rules of the other types, each with the reason of its violation. */
class TypedEventReaderTest {

    private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");
    private static final long AT = NOW.toEpochMilli();
    private static final String LIQUIDATION =
            "{'type':'liquidation','timestamp':" + AT + ",'price':'71423.80','qty':0.001,'side':'sell'}";

    private static Event read(String line, String... symbols) throws InvalidEventException {
        return new EventReader(symbols.length == 0 ? List.of("BTCUSDT") : List.of(symbols), false, () -> AT * 1_000)
                .read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidEventException refused(String line, String... symbols) {
        return catchThrowableOfType(InvalidEventException.class, () -> read(line, symbols));
    }

    @Test
    void liquidationWithTheRequiredFields() throws Exception {
        Liquidation read = (Liquidation) read(LIQUIDATION);

        assertThat(read)
                .isEqualTo(new Liquidation(
                        "BTCUSDT",
                        null,
                        AT * 1_000,
                        new BigDecimal("71423.80"),
                        new BigDecimal("0.001"),
                        Side.SELL,
                        AT * 1_000,
                        false));
        assertThat(read.position()).isEqualTo(Liquidation.PositionSide.LONG).hasToString("long");
        assertThat(read.channel()).isEqualTo("liquidations");
        assertThat(read.timestamp()).isEqualTo(NOW);
    }

    @Test
    void liquidationWithAllFieldsInAnotherOrder() throws Exception {
        Liquidation read = (Liquidation) read("{'synthetic':true,'position':'short','received_at':" + AT * 1_000
                + ",'side':'buy','unknown':[{'a':1}],'category':'inverse','qty':5,'symbol':'ETHUSD',"
                + "'price':1e2,'timestamp':'"
                + NOW + "','type':'liquidation'}");

        assertThat(read)
                .isEqualTo(new Liquidation(
                        "ETHUSD",
                        "inverse",
                        AT * 1_000,
                        new BigDecimal("100"),
                        new BigDecimal("5"),
                        Side.BUY,
                        AT * 1_000,
                        true));
        assertThat(EventWriter.text(read))
                .isEqualTo("{\"type\":\"liquidation\",\"timestamp\":" + AT
                        + ",\"symbol\":\"ETHUSD\",\"category\":\"inverse\",\"price\":100,\"qty\":5,\"side\":\"buy\","
                        + "\"position\":\"short\",\"received_at\":" + AT * 1_000 + ",\"synthetic\":true}");
    }

    /** The replacement of a field of a valid line, the reason, and a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'side':'sell'    | 'side':'hold'                     | bad-side        | must be buy or sell
            'side':'sell' | 'side':'sell','position':'short' | bad-side | a long position is closed by selling
            'side':'sell' | 'side':'sell','position':'flat' | bad-field | position is "flat", must be one of long, short
            'side':'sell'    | 'side':null                       | missing-field   | side is missing
            'side':'sell'    | 'side':'sell','side':'sell'       | duplicate-field | side occurs twice in the line
            'side':'sell'    | 'side':'sell','type':'trade'      | duplicate-field | type occurs twice in the line
            'side':'sell'    | 'side':'sell','symbol':'?'        | bad-symbol      | symbol is "?"
            'side':'sell'    | 'side':'sell','category':7        | bad-field       | category is 7
            'side':'sell'    | 'side':'sell','synthetic':'yes'   | bad-field       | must be true or false
            'side':'sell'    | 'side':'sell','received_at':12    | bad-timestamp   | received_at is 1970
            'qty':0.001      | 'qty':0                           | bad-qty         | qty is 0, must be a decimal > 0
            'price':'71423.80' | 'price':'-1' | bad-price | price is "-1", must be a decimal > 0
            'price':'71423.80' | 'price':[1]                     | bad-price       | price is a JSON array
            'timestamp'      | 'time'                            | missing-field   | timestamp is missing
            'timestamp':     | 'timestamp':1,'x':                | bad-timestamp   | timestamp is 1970
            """)
    void brokenRuleIsReported(String good, String bad, String reason, String message) {
        assertThat(LIQUIDATION).contains(good);

        InvalidEventException e = refused(LIQUIDATION.replace(good, bad));

        assertThat(e.reason()).hasToString(reason);
        assertThat(e).hasMessageContaining(message);
    }

    @Test
    void symbolIsOptionalOnlyWithOneConfiguredSymbol() {
        assertThat(refused(LIQUIDATION, "BTCUSDT", "ETHUSDT").reason()).isEqualTo(InvalidReason.MISSING_FIELD);
    }

    @Test
    void textAfterTheObjectIsRejected() {
        assertThat(refused(LIQUIDATION + "{}").reason()).isEqualTo(InvalidReason.NOT_JSON);
    }

    @Test
    void eventsOfASyntheticSourceAreLabelled() throws Exception {
        EventReader reader = new EventReader(List.of("BTCUSDT"), true, () -> AT * 1_000);

        Liquidation read =
                (Liquidation) reader.read(LIQUIDATION.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(read.synthetic()).isTrue();
    }

    private static final String TICKER = "{'type':'ticker','timestamp':" + AT + ",'last_price':'71423.80'}";

    @Test
    void tickerContainsOnlyTheGivenFigures() throws Exception {
        Ticker read = (Ticker) read("{'type':'ticker','timestamp':" + AT
                + ",'symbol':'BTCUSDT','category':'linear','bid_price':71423.7,'bid_qty':0,'ask_price':null,"
                + "'funding_rate':'-0.0001','turnover_24h':'12345678901234567890.123456789','next_funding_time':"
                + (AT + 8 * 3_600_000) + ",'seq':7,'mood':'good'}");

        assertThat(read.bidPrice()).isEqualTo("71423.7");
        assertThat(read.bidQty()).isEqualTo("0");
        assertThat(read.askPrice()).isNull();
        assertThat(read.lastPrice()).isNull();
        assertThat(read.fundingRate()).isEqualTo("-0.0001");
        assertThat(read.figure(TickerFigure.TURNOVER_24H)).isEqualTo("12345678901234567890.123456789");
        assertThat(read.nextFundingTime()).isEqualTo(NOW.plusSeconds(8 * 3_600));
        assertThat(read.seq()).isEqualTo(7);
        assertThat(read.channel()).isEqualTo("ticker");
        assertThat(EventWriter.text(read))
                .isEqualTo("{\"type\":\"ticker\",\"timestamp\":" + AT
                        + ",\"symbol\":\"BTCUSDT\",\"category\":\"linear\",\"bid_price\":71423.7,\"bid_qty\":0,"
                        + "\"turnover_24h\":12345678901234567890.123456789,\"funding_rate\":-0.0001,"
                        + "\"next_funding_time\":" + (AT + 8 * 3_600_000) + ",\"seq\":7,\"received_at\":" + AT * 1_000
                        + "}");
        assertThat(((Ticker) read(TICKER)).nextFundingTime()).isNull();
        assertThat(((Ticker) read(TICKER)).seq()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'last_price':'71423.80' | 'mood':1                          | missing-field   | tells no figure
            'last_price':'71423.80' | 'last_price':0 | bad-price | last_price is 0, must be a decimal > 0
            'last_price':'71423.80' | 'last_price':''                   | bad-price       | last_price is ""
            'last_price':'71423.80' | 'bid_qty':-1 | bad-qty | bid_qty is -1, must be a decimal >= 0
            'last_price':'71423.80' | 'delta':'1e' | bad-field | \
                delta is "1e", must be a decimal of at most 40 characters
            'last_price':'71423.80' | 'delta':'12345678901234567890123456789012345678901' | bad-field | \
                delta is "1234567890
            'last_price':'71423.80' | 'volume_24h':-5                   | bad-field       | must be a decimal >= 0
            'last_price':'71423.80' | 'volume_24h':true                 | bad-field       | volume_24h is true
            'last_price':'71423.80' | 'last_price':1,'seq':1.5 | bad-field | seq is 1.5, must be a whole number
            'last_price':'71423.80' | 'last_price':1,'next_funding_time':1 | bad-timestamp | next_funding_time is 1970
            'last_price':'71423.80' | 'last_price':1,'next_funding_time':1799999999999999 | bad-timestamp | \
                next_funding_time is
            """)
    void brokenRuleOfATickerIsReported(String good, String bad, String reason, String message) {
        assertThat(TICKER).contains(good);

        InvalidEventException e = refused(TICKER.replace(good, bad));

        assertThat(e.reason()).hasToString(reason);
        assertThat(e).hasMessageContaining(message);
    }

    private static final String KLINE =
            "{'type':'kline','timestamp':" + AT + ",'interval':'1m','start':" + (AT - 60_000)
                    + ",'end':" + (AT - 1)
                    + ",'open':100,'high':'102.50','low':99.5,'close':101,'volume':0,'turnover':0,'closed':true}";

    @Test
    void klineWithAllFields() throws Exception {
        Kline read = (Kline) read(KLINE);

        assertThat(read)
                .isEqualTo(new Kline(
                        "BTCUSDT",
                        null,
                        AT * 1_000,
                        KlineInterval.MINUTE,
                        (AT - 60_000) * 1_000,
                        (AT - 1) * 1_000,
                        new BigDecimal("100"),
                        new BigDecimal("102.50"),
                        new BigDecimal("99.5"),
                        new BigDecimal("101"),
                        new BigDecimal("0"),
                        new BigDecimal("0"),
                        true,
                        AT * 1_000,
                        false));
        assertThat(read.channel()).isEqualTo("kline.1m");
        assertThat(read.start()).isEqualTo(NOW.minusSeconds(60));
        assertThat(read.end()).isEqualTo(NOW.minusMillis(1));
        assertThat(((Kline) read(KLINE.replace("1m", "1M"))).interval()).isEqualTo(KlineInterval.MONTH);
        assertThat(((Kline) read(KLINE.replace("'turnover':0,", ""))).turnover())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'interval':'1m' | 'interval':'60'  | bad-field     | interval is "60", must be one of 1m, 3m, 5m
            'open':100      | 'open':103       | bad-price     | high is 102.50 and low is 99.5, but open is 103
            'close':101     | 'close':99       | bad-price     | close is 99, which must lie between them
            'low':99.5      | 'low':0          | bad-price     | low is 0, must be a decimal > 0
            'closed':true   | 'closed':1       | bad-field     | closed is 1, must be true or false
            'closed':true   | 'close_d':true   | missing-field | closed is missing
            'end':          | 'end':1000000000000,'x': | bad-timestamp | end is 2001
            'start':        | 'start':1280000000000,'end':1280000000000,'x': | duplicate-field | end occurs
            """)
    void brokenRuleOfAKlineIsReported(String good, String bad, String reason, String message) {
        assertThat(KLINE).contains(good);

        InvalidEventException e = refused(KLINE.replace(good, bad));

        assertThat(e.reason()).hasToString(reason);
        assertThat(e).hasMessageContaining(message);
    }

    @Test
    void klineMustEndAfterItsStart() {
        assertThat(refused(KLINE.replace("'end':" + (AT - 1), "'end':" + (AT - 60_000))))
                .hasMessage("end is not after start");
    }

    @Test
    void adlAlertSaysWhetherItIsTriggered() throws Exception {
        AdlAlert deep = (AdlAlert) read("{'type':'adl','timestamp':" + AT
                + ",'coin':'USDT','balance':1000000,'drawdown':-0.35,'trigger_drawdown':-0.3,'trigger_balance':1}");
        AdlAlert calm = (AdlAlert) read("{'type':'adl','timestamp':" + AT
                + ",'coin':'USDT','balance':1000000,'drawdown':-0.3,'trigger_drawdown':-0.3,'trigger_balance':1}");
        AdlAlert poor = (AdlAlert) read("{'type':'adl','timestamp':" + AT
                + ",'coin':'USDT','balance':10,'drawdown':-0.35,'trigger_drawdown':-0.3,'trigger_balance':10000}");
        AdlAlert overdrawn = (AdlAlert) read("{'type':'adl','timestamp':" + AT + ",'coin':'USDT','balance':'-5421.2'}");

        assertThat(deep.triggered()).isTrue();
        assertThat(calm.triggered()).isFalse();
        assertThat(poor.triggered()).isFalse();
        assertThat(overdrawn.triggered()).isTrue();
        assertThat(EventWriter.text(overdrawn))
                .isEqualTo("{\"type\":\"adl\",\"timestamp\":" + AT
                        + ",\"symbol\":\"BTCUSDT\",\"coin\":\"USDT\",\"balance\":-5421.2,\"triggered\":true"
                        + ",\"received_at\":" + AT * 1_000 + "}");
    }

    @Test
    void levelWithoutItsRpiSizeIsRefused() throws Exception {
        String line = "{'type':'rpi_depth','timestamp':" + AT
                + ",'last_update_id':7,'bids':[['100.5','0','0.25'],[100,3,0]],'asks':[]}";

        RpiDepth read = (RpiDepth) read(line);

        assertThat(read.bids())
                .containsExactly(
                        new RpiDepth.Level(new BigDecimal("100.5"), BigDecimal.ZERO, new BigDecimal("0.25")),
                        new RpiDepth.Level(new BigDecimal("100"), new BigDecimal("3"), BigDecimal.ZERO));
        assertThat(read.channel()).isEqualTo("depth.rpi");
        assertThat(refused(line.replace("[100,3,0]", "[100,3]")).reason()).isEqualTo(InvalidReason.BAD_QTY);
        assertThat(refused(line.replace("[100,3,0]", "[100,3,0,0]")).reason()).isEqualTo(InvalidReason.BAD_FIELD);
        assertThat(refused(line.replace("[100,3,0]", "[0,3,0]")).reason()).isEqualTo(InvalidReason.BAD_PRICE);
        assertThat(refused(line.replace("[100,3,0]", "100")).reason()).isEqualTo(InvalidReason.BAD_FIELD);
        assertThat(refused(line.replace("'asks':[]", "'asks':{}")).reason()).isEqualTo(InvalidReason.BAD_FIELD);
    }

    @Test
    void priceLimitAndInsurancePool() throws Exception {
        PriceLimit limit = (PriceLimit)
                read("{'type':'price_limit','timestamp':" + AT + ",'highest_bid':'114450.00','lowest_ask':103550}");
        InsurancePool pool = (InsurancePool)
                read("{'type':'insurance','timestamp':" + AT + ",'coin':'USDT','balance':'25614.92972633'}");

        assertThat(limit.highestBid()).isEqualByComparingTo("114450");
        assertThat(limit.channel()).isEqualTo("price-limit");
        assertThat(pool.sharedBy()).isEqualTo(1);
        assertThat(pool.channel()).isEqualTo("insurance");
    }
}
