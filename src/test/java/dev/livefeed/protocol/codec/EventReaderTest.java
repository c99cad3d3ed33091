package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The field rules of the protocol, each with the reason of its violation. */
class EventReaderTest {

    private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");
    private static final long AT = NOW.toEpochMilli();
    private static final String TRADE =
            "{'type':'trade','timestamp':" + AT + ",'price':'71423.80','qty':0.001,'side':'sell','id':'a-1'}";
    private static final String DEPTH = "{'type':'depth','timestamp':" + AT
            + ",'bids':[['99.5',1],[99,'2.50']],'asks':[[100.5,0]],'last_update_id':7}";

    private final EventReader reader = reader(List.of("BTCUSDT"), false);

    private static EventReader reader(List<String> symbols, boolean synthetic) {
        return new EventReader(symbols, synthetic, () -> Times.micros(NOW));
    }

    /** Single quotes stand for double ones. */
    private Event read(String line) throws InvalidEventException {
        return reader.read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private InvalidEventException refused(String line) {
        return catchThrowableOfType(InvalidEventException.class, () -> read(line));
    }

    @Test
    void tradeWithTheRequiredFields() throws Exception {
        assertThat(read(TRADE))
                .isEqualTo(new Trade(
                        "BTCUSDT",
                        null,
                        "a-1",
                        AT * 1000,
                        new BigDecimal("71423.80"),
                        new BigDecimal("0.001"),
                        Side.SELL,
                        -1,
                        false,
                        false,
                        Times.micros(NOW),
                        false));
    }

    /** Nothing that handles live events may take it for one, whatever its type. */
    @Test
    void anEventOfThePastIsOfATypeOfItsOwn() throws Exception {
        String candle = "{'type':'kline','timestamp':" + AT + ",'interval':'1m','start':" + (AT - 60_000) + ",'end':"
                + (AT - 1) + ",'open':1,'high':2,'low':1,'close':2,'volume':3,'closed':true}";
        for (String line : List.of(TRADE, DEPTH, candle)) {
            Event live = read(line);
            Event past = read(line.replace("'timestamp'", "'history':true,'timestamp'"));

            assertThat(past).isEqualTo(new HistoryEvent(live));
            assertThat(past.type()).isEqualTo("history");
            assertThat(past.symbol()).isEqualTo("BTCUSDT");
            assertThat(read(line.replace("'timestamp'", "'history':false,'timestamp'")))
                    .isEqualTo(live);
            assertThat(read(EventWriter.text(past))).isEqualTo(past);
            assertThat(read(EventWriter.text(live))).as("nothing stays").isEqualTo(live);
            assertThat(refused(line.replace("'timestamp'", "'history':1,'timestamp'"))
                            .reason())
                    .isEqualTo(InvalidReason.BAD_FIELD);
        }
    }

    @Test
    void tradeWithAllFields() throws Exception {
        Trade trade = (Trade) read("{'type':'trade','symbol':'ETHUSDT','category':'spot','timestamp':1780488000123.456,"
                + "'price':1e2,'qty':'1',"
                + "'side':'buy','is_buyer_maker':false,'id':42,'seq':9,'block_trade':true,'rpi':true,"
                + "'received_at':1780488000999999,'synthetic':true,'unknown':{'a':[1]}}");

        assertThat(trade.symbol()).isEqualTo("ETHUSDT");
        assertThat(trade.category()).isEqualTo("spot");
        assertThat(trade.timestampMicros()).isEqualTo(1780488000123456L);
        assertThat(trade.price()).isEqualByComparingTo("100");
        assertThat(trade.isBuyerMaker()).isFalse();
        assertThat(trade.id()).isEqualTo("42");
        assertThat(trade.seq()).isEqualTo(9);
        assertThat(trade.blockTrade()).isTrue();
        assertThat(trade.rpi()).isTrue();
        assertThat(trade.receivedAt()).isEqualTo(1780488000999999L);
        assertThat(trade.synthetic()).isTrue();
    }

    @Test
    void depthWithTheRequiredFieldsIsASnapshot() throws Exception {
        Depth depth = (Depth) read(DEPTH);

        assertThat(depth.snapshot()).isTrue();
        assertThat(depth.bids()).hasToString("[[99.5, 1.00], [99.0, 2.50]]");
        assertThat(depth.asks()).hasToString("[[100.5, 0]]");
        assertThat(depth.lastUpdateId()).isEqualTo(7);
        assertThat(depth.prevUpdateId()).isEqualTo(-1);
        assertThat(depth.levels()).isZero();
    }

    @Test
    void depthWithAllFields() throws Exception {
        Depth depth =
                (Depth) read(DEPTH.replace("}", ",'snapshot':false,'prev_update_id':6,'levels':50,'symbol':'X-1'}"));

        assertThat(depth.snapshot()).isFalse();
        assertThat(depth.prevUpdateId()).isEqualTo(6);
        assertThat(depth.levels()).isEqualTo(50);
        assertThat(depth.symbol()).isEqualTo("X-1");
    }

    @ParameterizedTest
    @CsvSource({
        "1780488000123, 2026-06-03T12:00:00.123Z",
        "1780488000123.5, 2026-06-03T12:00:00.123500Z",
        "1.780488e12, 2026-06-03T12:00:00Z",
        "'2026-06-03T11:00:00Z', 2026-06-03T11:00:00Z",
        "'2026-06-03T11:00:00.123456Z', 2026-06-03T11:00:00.123456Z",
        "'2026-06-03T11:00:00+02:00', 2026-06-03T09:00:00Z",
        "'2026-06-03T11:00:00', 2026-06-03T11:00:00Z",
        "'2009-01-01T00:00:00Z', 2009-01-01T00:00:00Z"
    })
    void timeInBothForms(String value, Instant instant) throws Exception {
        String json = value.contains("T") ? "'" + value + "'" : value;

        assertThat(((Trade) read(TRADE.replace("" + AT, json))).timestamp()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "1230767999999",
                "1780574400001",
                "32503680000000",
                "99999999999999999999",
                "true",
                "[]",
                "''",
                "'soon'",
                "'2026-06-03'",
                "'1780488000123'",
                "'3000-01-01T00:00:00Z'",
                "'2026-02-30T00:00:00Z'"
            })
    void invalidTimes(String value) {
        assertThat(refused(TRADE.replace("" + AT, value)).reason()).isEqualTo(InvalidReason.BAD_TIMESTAMP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'price':'71423.80' | 'price':0           | BAD_PRICE
                    'price':'71423.80' | 'price':'-1'        | BAD_PRICE
                    'price':'71423.80' | 'price':'abc'       | BAD_PRICE
                    'price':'71423.80' | 'price':''          | BAD_PRICE
                    'price':'71423.80' | 'price':' 1'        | BAD_PRICE
                    'price':'71423.80' | 'price':'0x10'      | BAD_PRICE
                    'price':'71423.80' | 'price':1e15        | BAD_PRICE
                    'price':'71423.80' | 'price':1234567890.1234567891 | BAD_PRICE
                    'price':'71423.80' | 'price':true        | BAD_PRICE
                    'price':'71423.80' | 'price':[1]         | BAD_PRICE
                    'price':'71423.80' | 'price':'NaN'       | BAD_PRICE
                    'price':'71423.80' | 'price':NaN         | NOT_JSON
                    'price':'71423.80' | 'price':-Infinity   | NOT_JSON
                    'price':'71423.80' | 'price':null        | MISSING_FIELD
                    'price':'71423.80' | 'prize':1           | MISSING_FIELD
                    'price':'71423.80' | 'price':1,'price':1 | DUPLICATE_FIELD
                    'qty':0.001        | 'qty':0             | BAD_QTY
                    'qty':0.001        | 'qty':-0.5          | BAD_QTY
                    'side':'sell'      | 'side':'hold'       | BAD_SIDE
                    'side':'sell'      | 'side':'SELL'       | BAD_SIDE
                    'side':'sell'      | 'side':1            | BAD_SIDE
                    'side':'sell'      | 'side':'sell','is_buyer_maker':false | BAD_SIDE
                    'side':'sell'      | 'side':'sell','is_buyer_maker':'true' | BAD_FIELD
                    'id':'a-1'         | 'id':''             | BAD_FIELD
                    'id':'a-1'         | 'id':1.5            | BAD_FIELD
                    'id':'a-1'         | 'id':'a','symbol':'BTC USDT' | BAD_SYMBOL
                    'id':'a-1'         | 'id':'a','symbol':7 | BAD_SYMBOL
                    'id':'a-1'         | 'id':'a','seq':-1   | BAD_FIELD
                    'id':'a-1'         | 'id':'a','seq':1.0  | BAD_FIELD
                    'id':'a-1'         | 'id':'a','rpi':0    | BAD_FIELD
                    'id':'a-1'         | 'id':'a','received_at':5 | BAD_TIMESTAMP
                    'id':'a-1'         | 'id':'a','type':'trade' | DUPLICATE_FIELD
                    """)
    void invalidTrades(String field, String replaced, InvalidReason reason) {
        InvalidEventException refusal = refused(TRADE.replace(field, replaced));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':{}               | BAD_LEVELS
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[1,2]            | BAD_LEVELS
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[1]]            | BAD_LEVELS
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[]]             | BAD_LEVELS
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[1,2,3]]        | BAD_LEVELS
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[0,2]]          | BAD_PRICE
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[['x',2]]        | BAD_PRICE
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[1,-2]]         | BAD_QTY
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[1,null]]       | BAD_QTY
                    'bids':[['99.5',1],[99,'2.50']] | 'bids':[[99999999999999,1],[0.00001,1]] | BAD_LEVELS
                    'bids':[['99.5',1],[99,'2.50']] | 'bidz':[]               | MISSING_FIELD
                    'last_update_id':7              | 'last_update_id':'7'    | BAD_FIELD
                    'last_update_id':7              | 'last_update_id':-7     | BAD_FIELD
                    'last_update_id':7              | 'x':7                   | MISSING_FIELD
                    'last_update_id':7              | 'last_update_id':7,'snapshot':'yes' | BAD_FIELD
                    'last_update_id':7              | 'last_update_id':7,'levels':-1 | BAD_FIELD
                    """)
    void invalidDepth(String field, String replaced, InvalidReason reason) {
        assertThat(refused(DEPTH.replace(field, replaced)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'type':'trade'            | NOT_JSON
                    {'type':'status','status'  | NOT_JSON
                    hello                      | NOT_JSON
                    {'type':'trade'} {}        | NOT_JSON
                    {'type':'status','status':'x'} trailing | NOT_JSON
                    {type:'trade'}             | NOT_JSON
                    [1]                        | NOT_AN_OBJECT
                    42                         | NOT_AN_OBJECT
                    true                       | NOT_AN_OBJECT
                    null                       | NOT_AN_OBJECT
                    {}                         | NO_TYPE
                    {'type':7}                 | NO_TYPE
                    {'type':''}                | NO_TYPE
                    {'type':null,'price':1}    | NO_TYPE
                    {'status':7}               | NO_TYPE
                    {'type':'status'}          | MISSING_FIELD
                    {'type':'error'}           | MISSING_FIELD
                    {'type':'error','error':{}} | BAD_FIELD
                    {'type':'status','status':'x','symbol':'a b'} | BAD_SYMBOL
                    {'type':'status','status':'x','status':'y'}   | DUPLICATE_FIELD
                    """)
    void linesThatAreNotEvents(String line, InvalidReason reason) {
        assertThat(refused(line).reason()).isEqualTo(reason);
    }

    @Test
    void emptyLineDeepNestingAndInvalidUtf8() {
        assertThat(refused("\"text\"").reason()).isEqualTo(InvalidReason.NOT_AN_OBJECT);
        assertThat(refused("").reason()).isEqualTo(InvalidReason.NOT_JSON);
        assertThat(refused(TRADE.replace("}", ",'x':" + "[".repeat(100_000))).reason())
                .isEqualTo(InvalidReason.TOO_DEEP);
        assertThat(refused("{'x':" + "[".repeat(100_000)).reason()).isEqualTo(InvalidReason.TOO_DEEP);
        for (String place : List.of("id", "side", "symbol", "unknown")) {
            byte[] line = TRADE.replace("}", ",'" + place + "':'@('}")
                    .replace("'id':'a-1',", place.equals("id") ? "" : "'id':'a-1',")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.US_ASCII);
            line[new String(line, StandardCharsets.US_ASCII).indexOf('@')] = (byte) 0xC3;
            assertThatThrownBy(() -> reader.read(line)).isInstanceOf(InvalidEventException.class);
        }
    }

    @Test
    void typeNeedNotBeFirst() throws Exception {
        String behind = TRADE.replace("'type':'trade',", "").replace("}", ",'type':'trade'}");

        assertThat(read(behind)).isEqualTo(read(TRADE));
        assertThat(read(DEPTH.replace("'type':'depth',", "").replace("}", ",'type':'depth'}")))
                .isEqualTo(read(DEPTH));
        assertThat(refused(behind.replace("'71423.80'", "0")).reason()).isEqualTo(InvalidReason.BAD_PRICE);
        assertThat(refused(behind.replace("'id':'a-1'", "'id':'a-1','id':'b'")).reason())
                .isEqualTo(InvalidReason.DUPLICATE_FIELD);
    }

    @Test
    void decimalsKeepEveryDigitAfterOtherFields() throws Exception {
        String digits = "123456789012345.678";
        for (String value : List.of(digits, "'" + digits + "'")) {
            String line = TRADE.replace("'71423.80'", value);
            assertThat(((Trade) read(line)).price()).isEqualTo(new BigDecimal(digits));
            String behind = line.replace("'type':'trade',", "").replace("}", ",'type':'trade'}");
            assertThat(((Trade) read(behind)).price()).isEqualByComparingTo(digits);
        }
    }

    @Test
    void statusErrorAndOlderForms() throws Exception {
        assertThat(read("{'type':'status','status':'gap','connector':'x','symbol':'A','channel':'trades','id':1,"
                        + "'reason':'why','from':1.50,'to':[1,{'a':null}]}"))
                .isEqualTo(Statuses.of(
                        "gap",
                        "x",
                        "A",
                        "trades",
                        "1",
                        "why",
                        Map.of("from", new BigDecimal("1.5"), "to", java.util.Arrays.asList(1, mapOfNull("a")))));
        assertThat(read("{'type':'error','error':'no','code':10001,'id':'c-1','fatal':true}"))
                .isEqualTo(new Failure("no", "10001", null, null, "c-1", true));
        assertThat(read("{'status':'connected'}")).isEqualTo(Statuses.of("connected", null));
        assertThat(read("{'status':'error','error':'no'}")).isEqualTo(new Failure("no", null, null, null, null, false));
        assertThat(read("{'status':'error'}")).isEqualTo(Statuses.of("error", null));
        assertThat(read("{'type':'mood','symbol':'A','x':1}")).isEqualTo(new Unknown("mood", "A"));
    }

    private static Map<String, Object> mapOfNull(String key) {
        Map<String, Object> map = new java.util.HashMap<>();
        map.put(key, null);
        return map;
    }

    @Test
    void symbolIsOptionalOnlyWithOneConfiguredSymbol() throws Exception {
        EventReader two = reader(List.of("BTCUSDT", "ETHUSDT"), false);
        byte[] line = TRADE.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> two.read(line))
                .hasMessageContaining("symbol is missing")
                .satisfies(
                        e -> assertThat(((InvalidEventException) e).reason()).isEqualTo(InvalidReason.MISSING_FIELD));
        assertThat(read(TRADE).symbol()).isEqualTo("BTCUSDT");
    }

    @Test
    void sourceMayDeclareItselfSynthetic() throws Exception {
        AtomicBoolean said = new AtomicBoolean();
        EventReader asking = new EventReader(Instruments.named(List.of("BTCUSDT")), said::get, () -> Times.micros(NOW));
        byte[] parsed = TRADE.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] plain = EventWriter.text(reader.read(parsed)).getBytes(StandardCharsets.UTF_8);
        assertThat(((Trade) asking.read(parsed)).synthetic()).isFalse();

        said.set(true);

        assertThat(((Trade) asking.read(parsed)).synthetic()).isTrue();
        assertThat(((Trade) asking.read(plain)).synthetic()).isTrue();
    }

    @Test
    void eventsOfASyntheticSourceAreLabelled() throws Exception {
        byte[] line =
                TRADE.replace("}", ",'synthetic':false}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(((Trade) reader(List.of("BTCUSDT"), true).read(line)).synthetic())
                .isTrue();
        assertThat(((Trade) reader.read(line)).synthetic()).isFalse();
    }

    @Test
    void invalidLineLeavesNoState() throws Exception {
        refused(TRADE.replace("'side':'sell'", "'symbol':'ETHUSDT','category':'spot','rpi':true,'side':'hold'"));

        assertThat(read(TRADE))
                .isEqualTo(reader(List.of("BTCUSDT"), false)
                        .read(TRADE.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
