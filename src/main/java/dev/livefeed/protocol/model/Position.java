package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A position of the account as it stands now.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time of the change, microseconds since 1970
 * @param side {@code buy} is long, {@code sell} is short; null where there is no position
 * @param size never negative
 * @param positionIdx which of several positions in the instrument: 0 the only one, 1 the long, 2 the short one; or null
 * @param entryPrice mean price, or null
 * @param markPrice by which it is valued, or null
 * @param value at the entry price, or null
 * @param leverage or null
 * @param liqPrice price at which it is liquidated, or null
 * @param takeProfit or null
 * @param stopLoss or null
 * @param unrealisedPnl or null
 * @param realisedPnl of the position as it is open, or null
 * @param totalRealisedPnl of all positions in the instrument so far, or null
 * @param status such as {@code normal} or {@code liq}, or null
 * @param createdMicros when it was opened first, microseconds since 1970, or null
 * @param seq the exchange's cross sequence, or null
 * @param raw whatever else the exchange said of it, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Position(
        String symbol,
        String category,
        long timestampMicros,
        Side side,
        BigDecimal size,
        Long positionIdx,
        BigDecimal entryPrice,
        BigDecimal markPrice,
        BigDecimal value,
        BigDecimal leverage,
        BigDecimal liqPrice,
        BigDecimal takeProfit,
        BigDecimal stopLoss,
        BigDecimal unrealisedPnl,
        BigDecimal realisedPnl,
        BigDecimal totalRealisedPnl,
        String status,
        Long createdMicros,
        Long seq,
        Map<String, Object> raw,
        long receivedAt,
        boolean synthetic)
        implements AccountEvent {

    public static final String TYPE = "position";

    @Override
    public String type() {
        return TYPE;
    }
}
