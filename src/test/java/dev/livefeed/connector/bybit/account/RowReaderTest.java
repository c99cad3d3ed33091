package dev.livefeed.connector.bybit.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.model.Position;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Wallet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of the venue are converted to events without loss. */
class RowReaderTest {

    private static final long CREATED = 1_790_000_000_000_000L;

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final List<String> leftOut = new ArrayList<>();
    private final RowReader rows = new RowReader(mapper, leftOut::add);

    private AccountEvent read(String topic, String json) throws Exception {
        return rows.read(PrivateTopic.of(topic).orElseThrow(), mapper.readTree(json), CREATED, CREATED + 5, true);
    }

    @Test
    void anOrder() throws Exception {
        Order order = (Order)
                read(
                        "order",
                        """
                {"category":"linear","symbol":"ETHUSDT","orderId":"5cf98598","orderLinkId":"","side":"Sell",
                 "orderStatus":"PartiallyFilledCanceled","orderType":"Limit","price":"2500.10","qty":"1.50",
                 "cumExecQty":"0.5","leavesQty":"0.000","avgPrice":"2500.1","cumExecValue":"1250.05",
                 "cumExecFee":"-0.250010","feeCurrency":"USDT","triggerPrice":"","timeInForce":"PostOnly",
                 "reduceOnly":false,"rejectReason":"EC_PostOnlyWillTakeLiquidity","createdTime":"1672364262444",
                 "updatedTime":"1672364262457","cumFeeDetail":{"USDT":"-0.250010"},"positionIdx":0,"smpGroup":0}""");

        assertThat(order)
                .isEqualTo(new Order(
                        "ETHUSDT",
                        "linear",
                        1_672_364_262_457_000L,
                        "5cf98598",
                        null,
                        Side.SELL,
                        "limit",
                        "partially_filled_canceled",
                        new BigDecimal("2500.10"),
                        new BigDecimal("1.50"),
                        new BigDecimal("0.5"),
                        new BigDecimal("0.000"),
                        new BigDecimal("2500.1"),
                        new BigDecimal("1250.05"),
                        new BigDecimal("-0.250010"),
                        "USDT",
                        null,
                        "post_only",
                        false,
                        "ec_post_only_will_take_liquidity",
                        1_672_364_262_444_000L,
                        Map.of("cumFeeDetail", Map.of("USDT", "-0.250010"), "positionIdx", 0, "smpGroup", 0),
                        CREATED + 5,
                        true));
    }

    @Test
    void aFastExecutionTakesItsCategoryAndTimeWhereItCan() throws Exception {
        Execution execution = (Execution)
                read(
                        "execution.fast.spot",
                        """
                {"symbol":"BTCUSDT","execId":"e","orderId":"o","orderLinkId":"mine","side":"Buy","execPrice":"100",
                 "execQty":"0.1","isMaker":true,"execTime":"","seq":"77"}""");

        assertThat(execution.category()).isEqualTo("spot");
        assertThat(execution.timestampMicros()).isEqualTo(CREATED);
        assertThat(execution.fast()).isTrue();
        assertThat(execution.maker()).isTrue();
        assertThat(execution.orderLinkId()).isEqualTo("mine");
        assertThat(execution.seq()).isEqualTo(77);
        assertThat(execution.raw()).containsOnlyKeys("execTime");
    }

    @ParameterizedTest
    @CsvSource({"'',0", "None,0", "Buy,0.5", "Sell,0.5"})
    void aPosition(String side, String size) throws Exception {
        Position position = (Position) read(
                "position",
                "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"side\":\"" + side + "\",\"size\":\"" + size
                        + "\",\"entryPrice\":\"0\",\"liqPrice\":\"\",\"positionStatus\":\"Normal\",\"positionIdx\":0,"
                        + "\"unrealisedPnl\":\"-12.345678901234567890\",\"adlRankIndicator\":2,\"openTime\":1}");

        assertThat(position.size()).isEqualByComparingTo(size);
        assertThat(position.side() == null).isEqualTo(size.equals("0"));
        assertThat(position.entryPrice()).isNull();
        assertThat(position.unrealisedPnl()).isEqualTo(new BigDecimal("-12.345678901234567890"));
        assertThat(position.status()).isEqualTo("normal");
        assertThat(position.raw()).isEqualTo(Map.of("adlRankIndicator", 2, "openTime", 1));
    }

    @Test
    void aWalletWithItsCoins() throws Exception {
        Wallet wallet = (Wallet)
                read(
                        "wallet",
                        """
                {"accountType":"UNIFIED","totalEquity":"3.31216591","totalPerpUPL":"","accountIMRate":"0",
                 "coin":[{"coin":"SHIB","walletBalance":"1234567890123.123456789012345678","equity":"1","bonus":"0"},
                         {"coin":"BTC","walletBalance":"-0.00000001","collateralSwitch":true}]}""");

        assertThat(wallet.accountType()).isEqualTo("unified");
        assertThat(wallet.timestampMicros()).isEqualTo(CREATED);
        assertThat(wallet.totalEquity()).isEqualTo("3.31216591");
        assertThat(wallet.totalUnrealisedPnl()).isNull();
        assertThat(wallet.raw()).isEqualTo(Map.of("accountIMRate", "0"));
        assertThat(wallet.coins()).extracting(Wallet.Coin::coin).containsExactly("SHIB", "BTC");
        assertThat(wallet.coins().get(0).walletBalance()).isEqualTo("1234567890123.123456789012345678");
        assertThat(wallet.coins().get(0).raw()).isEqualTo(Map.of("bonus", "0"));
        assertThat(wallet.coins().get(1).raw()).isEqualTo(Map.of("collateralSwitch", true));
    }

    @Test
    void whatHasAnotherFormThanExpectedStaysAsItIs() throws Exception {
        Order order = (Order)
                read(
                        "order",
                        """
                {"category":"linear","symbol":"BTCUSDT","orderId":"o","side":"Buy","orderStatus":"New","qty":"1",
                 "price":"cheap","avgPrice":{"a":1},"cumExecQty":"-1","reduceOnly":"yes","createdTime":"soon",
                 "orderType":7,"feeCurrency":["USDT"],"cumExecFee":"1e-8"}""");

        assertThat(order.price()).isNull();
        assertThat(order.fee()).isEqualByComparingTo("0.00000001");
        assertThat(order.raw())
                .isEqualTo(Map.of(
                        "price",
                        "cheap",
                        "avgPrice",
                        Map.of("a", 1),
                        "cumExecQty",
                        "-1",
                        "reduceOnly",
                        "yes",
                        "createdTime",
                        "soon",
                        "orderType",
                        7,
                        "feeCurrency",
                        java.util.List.of("USDT")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order|orderId|orderId is missing, must be a text",
                "order|symbol|symbol is missing, must be a text",
                "order|qty|qty is missing, must be a decimal >= 0",
                "order|orderStatus|orderStatus is missing, must be a word",
                "order|side|side is missing, must be Buy or Sell",
                "execution|execId|execId is missing, must be a text",
                "execution|execPrice|execPrice is missing, must be a decimal >= 0",
                "position|size|size is missing, must be a decimal >= 0",
                "position|side|side is empty, must be Buy or Sell for an open position",
                "wallet|coin|coin is missing, must be a list",
                "wallet|accountType|accountType is missing, must be a word"
            })
    void aRowWithoutWhatMakesItOneIsRefused(String topic, String missing, String reason) {
        var row = mapper.createObjectNode();
        Map.of(
                        "symbol", "BTCUSDT",
                        "orderId", "o",
                        "qty", "1",
                        "orderStatus", "New",
                        "side", "Buy",
                        "execId", "e",
                        "execPrice", "1",
                        "execQty", "1",
                        "size", "1",
                        "accountType", "UNIFIED")
                .forEach(row::put);
        row.putArray("coin");
        row.remove(missing);

        assertThatThrownBy(() -> read(topic, row.toString()))
                .isInstanceOf(UnusableRowException.class)
                .hasMessage(reason);
    }

    @Test
    void aRowTooLongForALineComesWithoutItsRest() throws Exception {
        JsonNode row = mapper.createObjectNode()
                .put("symbol", "BTCUSDT")
                .put("orderId", "o")
                .put("side", "Buy")
                .put("orderStatus", "New")
                .put("qty", "1")
                .put("note", "x".repeat(300_000));

        Order order = (Order) read("order", row.toString());

        assertThat(order.raw()).containsOnlyKeys("omitted");
        assertThat(order.toString()).hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "Funding,funding,funding",
        "Settle,settlement,settle",
        "SessionSettlePnL,settlement,session_settle_pn_l",
        "Delivery,delivery,delivery",
        "AdlTrade,adl,adl_trade",
        "BustTrade,bust,bust_trade",
        "BlockTrade,block,block_trade",
        "MovePosition,move,move_position",
        "FutureSpread,spread,future_spread",
        "CorporateAction,corporate_action,corporate_action",
        "ForwardSplitSettle,corporate_action,forward_split_settle",
        "ReverseSplitSettle,corporate_action,reverse_split_settle",
        "Dividend,corporate_action,dividend",
        "UNKNOWN,other,unknown",
        "SomethingNew,other,something_new",
        "'',other,"
    })
    void aRowThatIsNoTradeIsABooking(String execType, String kind, String word) throws Exception {
        Execution booking = (Execution) read(
                "execution",
                """
                {"category":"linear","symbol":"BTCUSDT","execId":"f-1","orderId":"","orderLinkId":"","side":"",\
                "execType":"%s",
                 "execPrice":"0","execQty":"0.5","execFee":"-1.23","execValue":"31500.05","execTime":"1672364262457"}"""
                        .formatted(execType));

        assertThat(booking.type()).isEqualTo("booking");
        assertThat(booking.kind()).isEqualTo(kind);
        assertThat(booking.execType()).isEqualTo(word);
        assertThat(booking.orderId()).isNull();
        assertThat(booking.side()).isNull();
        assertThat(booking.price()).isNull();
        assertThat(booking.qty()).isEqualByComparingTo("0.5");
        assertThat(booking.fee()).isEqualByComparingTo("-1.23");
        assertThat(booking.timestampMicros()).isEqualTo(1_672_364_262_457_000L);
    }

    @ParameterizedTest
    @CsvSource({"7", "null", "[]", "{}"})
    void anExecTypeOfAnotherFormIsNoTrade(String execType) throws Exception {
        Execution booking = (Execution) read(
                "execution",
                "{\"symbol\":\"BTCUSDT\",\"execId\":\"f-1\",\"side\":\"Both\",\"execType\":" + execType + "}");

        assertThat(booking.kind()).isEqualTo("other");
        assertThat(booking.side()).isNull();
        assertThat(booking.raw()).containsKey("execType").containsEntry("side", "Both");
    }

    @Test
    void aCoinWithoutABalanceCostsOnlyItself() throws Exception {
        Wallet wallet = (Wallet)
                read(
                        "wallet",
                        """
                {"accountType":"UNIFIED","coin":[{"coin":"USDT","walletBalance":"100"},{"coin":"XYZ",\
                "walletBalance":""},
                 {"walletBalance":"1"},7,{"coin":"ABC","walletBalance":"1e999999"},{"coin":"BTC",\
                "walletBalance":"0"}]}""");

        assertThat(wallet.coins()).extracting(Wallet.Coin::coin).containsExactly("USDT", "BTC");
        assertThat(leftOut)
                .containsExactly(
                        "coin XYZ has no walletBalance",
                        "a coin has no name",
                        "a coin is not a JSON object",
                        "coin ABC has no walletBalance");
    }

    @Test
    void aPositionRowWithoutSizeIsNoPosition() throws Exception {
        Position position =
                (Position) read("position", "{\"symbol\":\"BTCUSDT\",\"side\":\"\",\"size\":\"\",\"positionIdx\":0}");

        assertThat(position.size()).isZero();
        assertThat(position.side()).isNull();
    }
}
