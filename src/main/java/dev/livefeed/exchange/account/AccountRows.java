package dev.livefeed.exchange.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.MatchedTrade;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Builds the rows of the private topics in the venue's format. */
final class AccountRows {

    private static final String LEVERAGE = "10";

    private final Instrument instrument;
    private final Holding holding;

    AccountRows(Instrument instrument, Holding holding) {
        this.instrument = instrument;
        this.holding = holding;
    }

    BigDecimal quantity(long lots) {
        return BigDecimal.valueOf(
                lots * instrument.lot().units(), instrument.lot().scale());
    }

    BigDecimal price(long ticks) {
        return BigDecimal.valueOf(
                ticks * instrument.tick().units(), instrument.tick().scale());
    }

    ObjectNode order(
            ExchangeAccount.OpenOrder order,
            String status,
            long filledLots,
            BigDecimal value,
            BigDecimal fees,
            long now) {
        BigDecimal price = price(order.ticks());
        boolean over = !status.equals("New");
        BigDecimal left = over ? BigDecimal.ZERO : quantity(order.lots());
        BigDecimal filled = quantity(filledLots);
        String average = filledLots == 0 ? "" : text(value.divide(filled, 8, RoundingMode.HALF_EVEN));
        ObjectNode row = node().put("category", instrument.category().id())
                .put("symbol", instrument.symbol())
                .put("orderId", order.id())
                .put("orderLinkId", "")
                .put("parentOrderLinkId", "")
                .put("isLeverage", "")
                .put("blockTradeId", "")
                .put("side", order.buy() ? "Buy" : "Sell")
                .put("positionIdx", 0)
                .put("orderStatus", status)
                .put("createType", "CreateByUser")
                .put("cancelType", status.equals("Cancelled") ? "CancelByUser" : "UNKNOWN")
                .put("rejectReason", "EC_NoError")
                .put("timeInForce", order.market() ? "IOC" : "PostOnly")
                .put("price", order.market() ? "0" : text(price))
                .put("qty", text(quantity(order.lots())))
                .put("avgPrice", average)
                .put("leavesQty", text(left))
                .put("leavesValue", text(left.multiply(price)))
                .put("cumExecQty", text(filled))
                .put("cumExecValue", text(value))
                .put("cumExecFee", text(fees));
        row.putObject("cumFeeDetail").put(instrument.settleCoin(), text(fees));
        empty(
                row.put("closedPnl", "0")
                        .put("feeCurrency", instrument.settleCoin())
                        .put("orderType", order.market() ? "Market" : "Limit"),
                "stopOrderType",
                "ocoTriggerBy",
                "orderIv",
                "marketUnit",
                "triggerPrice",
                "takeProfit",
                "stopLoss",
                "tpslMode",
                "tpLimitPrice",
                "slLimitPrice",
                "tpTriggerBy",
                "slTriggerBy");
        row.put("triggerDirection", 0).put("triggerBy", "").put("lastPriceOnCreated", text(price));
        row.put("reduceOnly", false).put("closeOnTrigger", false).put("placeType", "");
        row.put("smpType", "None")
                .put("smpGroup", 0)
                .put("smpOrderId", "")
                .put("slippageToleranceType", "UNKNOWN")
                .put("slippageTolerance", "");
        return row.put("createdTime", Long.toString(order.createdAt())).put("updatedTime", Long.toString(now));
    }

    ObjectNode execution(ExchangeAccount.OpenOrder order, MatchedTrade trade, long leftLots, Holding.Effect effect) {
        BigDecimal quantity = quantity(trade.lots());
        BigDecimal price = price(trade.ticks());
        ObjectNode row = node().put("category", instrument.category().id())
                .put("symbol", instrument.symbol())
                .put("isLeverage", "")
                .put("orderId", order.id())
                .put("orderLinkId", "")
                .put("side", order.buy() ? "Buy" : "Sell")
                .put("orderPrice", text(price(order.ticks())))
                .put("orderQty", text(quantity(order.lots())))
                .put("leavesQty", text(quantity(leftLots)))
                .put("createType", "CreateByUser")
                .put("orderType", "Market")
                .put("stopOrderType", "UNKNOWN")
                .put("execFee", text(effect.fee()))
                .put("execId", trade.id())
                .put("execPrice", text(price))
                .put("execQty", text(quantity))
                .put("execPnl", text(effect.profit()))
                .put("execType", "Trade")
                .put("execValue", text(quantity.multiply(price)))
                .put("execTime", Long.toString(trade.at()))
                .put("isMaker", false)
                .put("feeRate", text(Holding.TAKER_FEE));
        empty(row, "tradeIv", "markIv").put("markPrice", text(price));
        empty(row, "indexPrice", "underlyingPrice", "blockTradeId");
        return row.put("closedSize", text(effect.closed()))
                .put("extraFees", "")
                .put("seq", trade.sequence())
                .put("feeCurrency", instrument.settleCoin());
    }

    /** A row that is no trade: it has no order, and no side if there was no position. */
    ObjectNode booked(BookedRow booked, String id, BigDecimal size, BigDecimal mark, Holding.Effect effect, long now) {
        boolean funding = booked == BookedRow.FUNDING;
        ObjectNode row = node().put("category", instrument.category().id())
                .put("symbol", instrument.symbol())
                .put("isLeverage", "")
                .put("orderId", "")
                .put("orderLinkId", "")
                .put("side", size.signum() == 0 ? "" : size.signum() > 0 == funding ? "Buy" : "Sell")
                .put("orderPrice", "0")
                .put("orderQty", "0")
                .put("leavesQty", "0")
                .put("createType", "")
                .put("orderType", "UNKNOWN")
                .put("stopOrderType", "UNKNOWN")
                .put("execFee", text(effect.fee()))
                .put("execId", id)
                .put("execPrice", text(mark))
                .put("execQty", text(size.abs()))
                .put("execPnl", text(effect.profit()))
                .put("execType", booked.execType())
                .put("execValue", text(size.abs().multiply(mark)))
                .put("execTime", Long.toString(now))
                .put("isMaker", false)
                .put("feeRate", funding ? "0.0001" : "0");
        return row.put("closedSize", text(effect.closed())).put("seq", now).put("feeCurrency", instrument.settleCoin());
    }

    ObjectNode fastExecution(ExchangeAccount.OpenOrder order, MatchedTrade trade) {
        return node().put("category", instrument.category().id())
                .put("symbol", instrument.symbol())
                .put("execId", trade.id())
                .put("execPrice", text(price(trade.ticks())))
                .put("execQty", text(quantity(trade.lots())))
                .put("orderId", order.id())
                .put("isMaker", false)
                .put("orderLinkId", "")
                .put("side", order.buy() ? "Buy" : "Sell")
                .put("execTime", Long.toString(trade.at()))
                .put("seq", trade.sequence());
    }

    ObjectNode position(BigDecimal mark, long now) {
        BigDecimal size = holding.size();
        BigDecimal value = size.abs().multiply(holding.entry());
        String margin = text(value.divide(new BigDecimal(LEVERAGE), 8, RoundingMode.HALF_EVEN));
        ObjectNode row = node().put("positionIdx", 0)
                .put("tradeMode", 0)
                .put("riskId", 1)
                .put("riskLimitValue", "2000000")
                .put("category", instrument.category().id())
                .put("symbol", instrument.symbol())
                .put("side", size.signum() == 0 ? "" : size.signum() > 0 ? "Buy" : "Sell")
                .put("size", text(size.abs()))
                .put("entryPrice", text(holding.entry()))
                .put("leverage", LEVERAGE)
                .put("positionValue", text(value))
                .put("positionBalance", "0")
                .put("markPrice", text(mark))
                .put("positionIM", margin)
                .put("positionMM", text(value.multiply(new BigDecimal("0.005"))))
                .put("breakEvenPrice", text(holding.entry()))
                .put("takeProfit", "0")
                .put("stopLoss", "0")
                .put("trailingStop", "0")
                .put("unrealisedPnl", text(holding.unrealised(mark)))
                .put("curRealisedPnl", text(holding.realised()))
                .put("cumRealisedPnl", text(holding.realised()))
                .put("sessionAvgPrice", "")
                .put("createdTime", Long.toString(now))
                .put("updatedTime", Long.toString(now))
                .put("tpslMode", "Full")
                .put("liqPrice", "")
                .put("bustPrice", "")
                .put("positionStatus", "Normal")
                .put("adlRankIndicator", size.signum() == 0 ? 0 : 2)
                .put("autoAddMargin", 0)
                .put("isReduceOnly", false)
                .put("openTime", now)
                .put("seq", now);
        return empty(row, "mmrSysUpdatedTime", "leverageSysUpdatedTime");
    }

    /** @param emptyCoin whether it lists a coin without a balance, as the venue does for coins never held */
    ObjectNode wallet(BigDecimal mark, boolean emptyCoin) {
        BigDecimal unrealised = holding.unrealised(mark);
        String equity = text(holding.cash().add(unrealised));
        String cash = text(holding.cash());
        ObjectNode row = node().put("accountIMRate", "0").put("accountMMRate", "0");
        row.put("totalEquity", equity)
                .put("totalWalletBalance", cash)
                .put("totalMarginBalance", equity)
                .put("totalAvailableBalance", equity)
                .put("totalPerpUPL", text(unrealised))
                .put("totalInitialMargin", "0")
                .put("totalMaintenanceMargin", "0");
        ArrayNode coins = row.putArray("coin");
        if (emptyCoin) {
            coins.addObject().put("coin", "XYZ").put("walletBalance", "").put("equity", "");
        }
        ObjectNode coin = coins.addObject()
                .put("coin", instrument.settleCoin())
                .put("equity", equity)
                .put("usdValue", equity)
                .put("walletBalance", cash)
                .put("availableToWithdraw", "")
                .put("availableToBorrow", "")
                .put("borrowAmount", "0")
                .put("accruedInterest", "0")
                .put("totalOrderIM", "0")
                .put("totalPositionIM", "0")
                .put("totalPositionMM", "0")
                .put("unrealisedPnl", text(unrealised))
                .put("cumRealisedPnl", text(holding.realised()))
                .put("bonus", "0")
                .put("collateralSwitch", true)
                .put("marginCollateral", true)
                .put("locked", "0")
                .put("spotHedgingQty", "0");
        coin.put("spotBorrow", "0");
        return row.put("accountLTV", "0").put("accountType", "UNIFIED");
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode empty(ObjectNode row, String... fields) {
        for (String field : fields) {
            row.put(field, "");
        }
        return row;
    }

    private static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
